import classes from './WarningList.module.css';

/** What deserves a look, one point a line, at the top of a card: `className` styles its lines. */
export function WarningList({ label, className, children }: { label: string; className?: string | undefined; children: React.ReactNode }) {
  return (
    <ul className={className === undefined ? classes.list : `${classes.list ?? ''} ${className}`} aria-label={label}>
      {children}
    </ul>
  );
}
