import { Skeleton } from '@mantine/core';
import classes from './JobEditor.module.css';

/** In the shape of the form. */
export function EditorSkeleton() {
  return (
    <div className={classes.layout}>
      <div className={classes.nav}>
        <Skeleton height={220} />
      </div>
      <div className={classes.sections}>
        <Skeleton height={240} />
        <Skeleton height={110} />
        <Skeleton height={420} />
      </div>
    </div>
  );
}
