/** What the overview's tiles and bars are computed from. Pure. */
import type { OutcomeCounts } from '@/api/contract';
import type { Execution, Job, RunMark } from '@/api/types';

export const failuresOf = ({ failed, timeout }: Pick<OutcomeCounts, 'failed' | 'timeout'>): number => failed + timeout;

export const endedOf = ({ success, failed, timeout, cancelled }: OutcomeCounts): number => success + failed + timeout + cancelled;

/** Of what succeeded or failed; null when nothing did. 0..100 */
export function rateOf(counts: Pick<OutcomeCounts, 'success' | 'failed' | 'timeout'>): number | null {
  const ended = counts.success + failuresOf(counts);
  return ended === 0 ? null : (counts.success / ended) * 100;
}

/** `12 more than the day before`, `3 fewer than …`, `as many as …`. */
export function differenceText(now: number, before: number): string {
  if (now === before) return 'as many as the day before';
  const by = Math.abs(now - before);
  return `${String(by)} ${now > before ? 'more' : 'fewer'} than the day before`;
}

export interface RunProgress {
  /** 0..1 of what the bar stands for. */
  readonly share: number;
  /** What that is: reported by the task, or time used of what its limit allows. */
  readonly of: 'reported' | 'timeout';
  readonly elapsedSeconds: number;
  /** Until it ends, when it takes as long as runs of this job mostly take; null when that is not known or already over. */
  readonly remainingSeconds: number | null;
}

/** @param job of which the run is; without it only what the task reports is known */
export function progressOf(run: Pick<Execution, 'startedAt' | 'progress'>, job: Pick<Job, 'timeoutSeconds' | 'recentRuns'> | undefined, nowMs: number): RunProgress | null {
  if (run.startedAt === null) return null;
  const elapsedSeconds = Math.max(0, (nowMs - Date.parse(run.startedAt)) / 1_000);
  const usual = medianSeconds(job?.recentRuns ?? []);
  const remainingSeconds = usual === null || usual <= elapsedSeconds ? null : usual - elapsedSeconds;
  if (run.progress !== null) return { share: clamped(run.progress), of: 'reported', elapsedSeconds, remainingSeconds };
  if (job === undefined || job.timeoutSeconds <= 0) return null;
  return { share: clamped(elapsedSeconds / job.timeoutSeconds), of: 'timeout', elapsedSeconds, remainingSeconds };
}

/** Of the runs that succeeded; null when there are fewer than three, which say little. */
export function medianSeconds(runs: readonly Pick<RunMark, 'status' | 'durationSeconds'>[]): number | null {
  const known = runs.flatMap(({ status, durationSeconds }) => (status === 'success' && durationSeconds !== null ? [durationSeconds] : [])).sort((a, b) => a - b);
  if (known.length < 3) return null;
  const middle = Math.floor(known.length / 2);
  const upper = known[middle] ?? 0;
  return known.length % 2 === 1 ? upper : (upper + (known[middle - 1] ?? upper)) / 2;
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}
