import classes from './TwoLines.module.css';

/** A cell with a second, quieter line. */
export function TwoLines({ children, below }: { children: React.ReactNode; below: React.ReactNode }) {
  return (
    <span className={classes.lines}>
      <span>{children}</span>
      <span className={classes.below}>{below}</span>
    </span>
  );
}
