'use client';
/** Where the view of a log stands, when lines come before what it shows and when it begins anew. */
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { Log } from './use-log';

/** So near to the first line that is here, pixels, the page before it is loaded. */
const NEAR_START = 800;

interface Rows {
  readonly getTotalSize: () => number;
  readonly scrollToIndex: (index: number, options: { align: 'start' | 'end' }) => void;
}

export interface Shown {
  /** How many lines. */
  readonly count: number;
  readonly rows: Rows;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** @returns to be called with each scrolling */
export function useLogPlace(log: Log, { count, rows, scroller }: Shown): () => void {
  const { buffer, origin, loadEarlier } = log;
  const size = rows.getTotalSize();
  const before = useRef({ firstSeq: buffer.firstSeq, size });
  useLayoutEffect(() => {
    const known = before.current;
    const hasGrown = known.firstSeq !== null && buffer.firstSeq !== null && buffer.firstSeq < known.firstSeq;
    // What one reads stays where it is.
    if (hasGrown) scroller.current?.scrollBy({ top: size - known.size, behavior: 'instant' });
    before.current = { firstSeq: buffer.firstSeq, size };
  });

  const placed = useRef<Log['buffer'] | null>(null);
  useEffect(() => {
    if (count === 0 || placed.current === buffer) return;
    placed.current = buffer;
    // Also to the start: the rows would stand where those of the log before it stood.
    if (origin === 'end') rows.scrollToIndex(count - 1, { align: 'end' });
    else rows.scrollToIndex(0, { align: 'start' });
  }, [buffer, origin, count, rows]);

  return () => {
    if (buffer.hasEarlier && scroller.current !== null && scroller.current.scrollTop < NEAR_START) loadEarlier();
  };
}
