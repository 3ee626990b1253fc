import { Button } from '@mantine/core';
import classes from './LogViewer.module.css';
import type { Log } from './use-log';

export interface LogExtentBarProps {
  log: Log;
  side: 'before' | 'after';
  /** To the end of the log on this side. */
  onLeave: () => void;
}

/** Above and below a part of a long log: that there is more, and how to get there. */
export function LogExtentBar({ log, side, onLeave }: LogExtentBarProps) {
  const { hasEarlier, hasLater } = log.extent;
  if (side === 'before' ? !hasEarlier : !hasLater && log.phase !== 'failed') return null;
  if (log.error !== null) {
    return (
      <div className={classes.more} data-side={side}>
        <span>{side === 'before' ? 'The lines before these could not be loaded.' : 'The rest could not be loaded.'}</span>
        <Button variant="default" onClick={side === 'before' ? log.loadEarlier : log.loadMore}>Try again</Button>
      </div>
    );
  }
  return (
    <div className={classes.more} data-side={side}>
      <span>{side === 'before' ? 'There is more before this; it comes as you scroll up.' : 'There is more.'}</span>
      {side === 'before' ? (
        // What an attempt left of the lines may be too little to scroll.
        <Button variant="default" loading={log.isLoadingEarlier} onClick={log.loadEarlier}>Load earlier</Button>
      ) : (
        <Button variant="default" loading={log.phase === 'loading'} onClick={log.loadMore}>Load more</Button>
      )}
      <Button variant="default" loading={side === 'before' && log.isLoadingEarlier} onClick={log.loadAll}>Load all</Button>
      <Button variant="default" onClick={onLeave}>{side === 'before' ? 'To the start' : 'To the end'}</Button>
    </div>
  );
}
