import Link from 'next/link';
import classes from './TextLink.module.css';

/** A link inside the UI. `strong` for the name of a row. */
export function TextLink({ href, children, strong = false }: { href: string; children: React.ReactNode; strong?: boolean }) {
  return (
    <Link href={href} className={strong ? `${classes.link} ${classes.strong}` : classes.link} prefetch={false}>
      {children}
    </Link>
  );
}
