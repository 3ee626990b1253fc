import classes from './TwoLines.module.css';

/** A cell with a second, quieter line. `strong` for the name of a row. */
export function TwoLines({ children, below, strong = false }: { children: React.ReactNode; below: React.ReactNode; strong?: boolean }) {
  return (
    <span className={classes.lines}>
      <span className={strong ? classes.first : undefined}>{children}</span>
      <span className={classes.below}>{below}</span>
    </span>
  );
}
