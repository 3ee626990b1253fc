import classes from './TwoLines.module.css';

/**
 * A cell with a second, quieter line. `strong` for the name of a row.
 *
 * @param name what people have called it, as long as they liked: cut after two lines, whole in the title
 */
export function TwoLines({ children, below, strong = false, name }: { children: React.ReactNode; below: React.ReactNode; strong?: boolean; name?: string }) {
  return (
    <span className={classes.lines}>
      <span className={strong ? classes.first : undefined} data-cut={name !== undefined || undefined} title={name}>
        {children}
      </span>
      <span className={classes.below}>{below}</span>
    </span>
  );
}
