/** What a job's settings are called and mean, and what they are when nobody says anything: the API's defaults. */
import type { Job } from '@/api/types';
import { formatDuration } from './format';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly means: string;
}

const choice = (value: string, label: string, means: string): Choice => ({ value, label, means });

export const OVERLAP_CHOICES: readonly Choice[] = [
  choice('skip', 'Skip', 'It is recorded as skipped.'),
  choice('queue-one', 'Queue one', 'One waits until there is room; further ones are skipped.'),
  choice('queue-all', 'Queue all', 'All wait, at most 1,000.'),
  choice('cancel-running', 'Cancel the running one', 'What runs is stopped and the new one starts.'),
  choice('allow', 'Allow', 'Runs overlap, up to the instances at a time.'),
];

export const CATCH_UP_CHOICES: readonly Choice[] = [
  choice('none', 'None', 'Missed occurrences are skipped.'),
  choice('latest', 'Latest', 'The newest missed occurrence runs; it stands in for the others.'),
  choice('all', 'All', 'Each missed occurrence runs.'),
];

export const WORKER_LOST_CHOICES: readonly Choice[] = [
  choice('retry', 'Try again', 'Another attempt is made: it may have run twice.'),
  choice('fail', 'Fail', 'The run fails: it runs at most once.'),
];

export const BACKOFF_CHOICES: readonly Choice[] = [
  choice('fixed', 'Fixed', 'The same wait before each attempt.'),
  choice('exponential', 'Exponential', 'The wait doubles with each attempt.'),
];

/** The label of a value; one that this release does not know is shown as it is. */
export function labelOf(choices: readonly Choice[], value: string): string {
  return choices.find((known) => known.value === value)?.label ?? value;
}

/** Of a new job. The timeout's default is the task function's. */
export const DEFAULTS = {
  retryCount: 3,
  retryDelaySeconds: 60,
  retryBackoff: 'fixed',
  retryMaxDelaySeconds: 3_600,
  retryJitter: 0,
  maxInstances: 1,
  overlapPolicy: 'skip',
  catchUp: { mode: 'latest', windowSeconds: 3_600 },
  onWorkerLost: 'retry',
  priority: 0,
  timeoutSeconds: 300,
} as const;

export interface Policy {
  readonly name: string;
  readonly value: string;
  /** What it would be if nobody had said anything. */
  readonly fallback: string;
  readonly isOverridden: boolean;
}

/** Every setting in words, with its default. */
export function policiesOf(job: Job): Policy[] {
  const rows: [name: string, value: string, fallback: string][] = [
    ['Timeout', formatDuration(job.timeoutSeconds), formatDuration(DEFAULTS.timeoutSeconds)],
    ['Retries', String(job.retryCount), String(DEFAULTS.retryCount)],
    ['Wait before a retry', formatDuration(job.retryDelaySeconds), formatDuration(DEFAULTS.retryDelaySeconds)],
    ['Backoff', labelOf(BACKOFF_CHOICES, job.retryBackoff), labelOf(BACKOFF_CHOICES, DEFAULTS.retryBackoff)],
    ['Longest wait', formatDuration(job.retryMaxDelaySeconds), formatDuration(DEFAULTS.retryMaxDelaySeconds)],
    ['Jitter', share(job.retryJitter), share(DEFAULTS.retryJitter)],
    ['Instances at a time', String(job.maxInstances), String(DEFAULTS.maxInstances)],
    ['On overlap', labelOf(OVERLAP_CHOICES, job.overlapPolicy), labelOf(OVERLAP_CHOICES, DEFAULTS.overlapPolicy)],
    ['Catch-up', catchUpText(job.catchUp), catchUpText(DEFAULTS.catchUp)],
    ['Worker lost', labelOf(WORKER_LOST_CHOICES, job.onWorkerLost), labelOf(WORKER_LOST_CHOICES, DEFAULTS.onWorkerLost)],
    ['Priority', String(job.priority), String(DEFAULTS.priority)],
  ];
  return rows.map(([name, value, fallback]) => ({ name, value, fallback, isOverridden: value !== fallback }));
}

function share(jitter: number): string {
  return `${String(Math.round(jitter * 100))} %`;
}

function catchUpText({ mode, windowSeconds }: { mode: string; windowSeconds: number }): string {
  const label = labelOf(CATCH_UP_CHOICES, mode);
  return mode === 'none' ? label : `${label}, within ${formatDuration(windowSeconds)}`;
}
