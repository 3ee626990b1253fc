import { Skeleton } from '@mantine/core';
import classes from './overview.module.css';

/** In the shape of a card's lines. */
export function LinesSkeleton({ lines }: { lines: number }) {
  return (
    <div className={classes.lines} aria-hidden>
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} className={classes.line}>
          <div className={classes.text}>
            <Skeleton height={10} width="45%" my={4} />
            <Skeleton height={8} width="70%" my={4} />
          </div>
        </div>
      ))}
    </div>
  );
}
