import { formatDuration } from '@/components/format';

/** A worker whose clock is off by more takes nothing new, seconds (docs/architecture.md, clocks). */
export const SKEW_LIMIT_S = 2;

/** `+2 ms`: how far a worker's clock is ahead of the database's. Null, when it has not been measured, is `–`. */
export function skewText(seconds: number | null): string {
  if (seconds === null) return '–';
  if (Math.abs(seconds) < 0.0005) return '0 ms';
  return `${seconds > 0 ? '+' : '−'}${formatDuration(Math.abs(seconds))}`;
}
