import { handlerLook } from './handler-type';
import classes from './task-functions.module.css';

/** Kind of a task function, as icon and word. */
export function Kind({ type }: { type: string }) {
  const { word, icon: Icon } = handlerLook(type);
  return (
    <span className={classes.kind}>
      <Icon size={16} stroke={1.6} aria-hidden />
      {word}
    </span>
  );
}
