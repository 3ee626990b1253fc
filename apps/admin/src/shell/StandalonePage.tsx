import Link from 'next/link';
import { DocumentTitle } from '@/components/DocumentTitle';
import { Logo } from '@/components/Logo';
import classes from './StandalonePage.module.css';

/** A page without the frame: not found, and the like. */
export function StandalonePage({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <main className={classes.page}>
      <DocumentTitle title={title} />
      <div className={classes.text}>
        <Logo size={28} />
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.line}>{children}</p>
        <p className={classes.line}>
          <Link href="/" className={classes.link}>
            To the overview
          </Link>
        </p>
      </div>
    </main>
  );
}
