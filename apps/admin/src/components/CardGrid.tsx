import classes from './CardGrid.module.css';

/** Cards side by side, as many as have room. @param min narrowest card, pixels */
export function CardGrid({ min = 160, children }: { min?: number; children: React.ReactNode }) {
  return (
    <div className={classes.grid} style={{ '--card-min': `${String(min)}px` }}>
      {children}
    </div>
  );
}
