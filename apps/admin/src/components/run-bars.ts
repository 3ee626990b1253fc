/** Heights and the summary of the last-runs bars. */
import type { RunMark } from '@/api/types';
import { shownStatus, statusLook } from './status';

const MIN_SHARE = 0.22;

/**
 * Share of the full height for each run, 0..1: the logarithm of its duration between the shortest and the longest one, so that
 * one run of an hour does not flatten the others. Runs without a duration get the smallest bar.
 */
export function barShares(durations: readonly (number | null)[]): number[] {
  const logs = durations.map((seconds) => (seconds === null ? null : Math.log(Math.max(seconds, 0.001))));
  const known = logs.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return logs.map((value) => {
    if (value === null) return MIN_SHARE;
    if (high - low < 0.1) return 0.7;
    return MIN_SHARE + ((value - low) / (high - low)) * (1 - MIN_SHARE);
  });
}

/** `Last 20 runs: 18 succeeded, 2 failed.` */
export function summaryOf(runs: readonly RunMark[]): string {
  if (runs.length === 0) return 'No runs yet.';
  const counts = new Map<string, number>();
  for (const status of runs.map(shownStatus)) counts.set(status, (counts.get(status) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${String(count)} ${statusLook(status).word.toLowerCase()}`);
  return `Last ${runs.length === 1 ? 'run' : `${String(runs.length)} runs`}: ${parts.join(', ')}.`;
}
