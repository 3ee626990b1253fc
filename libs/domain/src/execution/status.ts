/** Every status an execution can have, in the order of its life (architecture §4). */
export const EXECUTION_STATUSES = [
  'pending',
  'dispatched',
  'running',
  'success',
  'failed',
  'timeout',
  'cancelled',
  'skipped',
] as const;

export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** Statuses that still occupy one of the job's instance slots. */
export const LIVE_STATUSES = ['pending', 'dispatched', 'running'] as const satisfies readonly ExecutionStatus[];

/** Statuses that never change again. */
export type FinalStatus = Exclude<ExecutionStatus, (typeof LIVE_STATUSES)[number]>;

/** An attempt ends like an execution, or `lost`: its worker went silent and the lease ran out. */
export type AttemptStatus = 'running' | 'success' | 'failed' | 'timeout' | 'cancelled' | 'lost';

/** Why an occurrence was recorded without running. */
export const SKIP_REASONS = [
  'overlap',
  'missed_window',
  'coalesced',
  'paused',
  'limit',
  'dependency_failed',
  'superseded',
] as const;

export type SkipReason = (typeof SKIP_REASONS)[number];

/** Why the platform gave an execution up that had lost its worker: by the job's policy, or after too many losses. */
export type AbandonReason = 'worker_lost' | 'poison';

/** What made an execution. */
export const TRIGGER_SOURCES = ['scheduler', 'manual', 'api', 'dependency'] as const;

export type TriggerSource = (typeof TRIGGER_SOURCES)[number];

/** Tells whether the execution may still change. */
export function isLive(status: ExecutionStatus): boolean {
  return (LIVE_STATUSES as readonly ExecutionStatus[]).includes(status);
}
