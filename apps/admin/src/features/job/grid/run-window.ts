/** Which runs the grid shows, and where the arrow keys lead. Pure. */
import type { JobRunsQuery } from '@/api/contract';

export const WINDOW_SIZES = [10, 25, 50, 100] as const;
export type WindowSize = (typeof WINDOW_SIZES)[number];

export function toWindowSize(value: unknown): WindowSize {
  return WINDOW_SIZES.find((size) => size === Number(value)) ?? 50;
}

/** What the address says: a page of older or newer runs, or a run that somebody followed a link to. */
export interface WindowPlace {
  readonly before: string | null;
  readonly after: string | null;
  /** The run that was asked for when the page was opened, not one that was clicked since. */
  readonly around: string | null;
}

/** Paging has the last word: who pages has left the run that was linked. */
export function runsQuery({ before, after, around }: WindowPlace, limit: WindowSize): JobRunsQuery {
  if (before !== null) return { limit, before };
  if (after !== null) return { limit, after };
  return around === null ? { limit } : { limit, around };
}

/** Index after a key; null when the key is none of the grid's. Ends are ends. */
export function movedBy(key: string, at: number, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowRight':
      return Math.min(last, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageUp':
      return Math.max(0, at - 10);
    case 'PageDown':
      return Math.min(last, at + 10);
    default:
      return null;
  }
}
