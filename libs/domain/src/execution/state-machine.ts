/**
 * The life of an execution, written down once. Every statement that changes a status names one of these transitions, and
 * its SQL carries the `from` statuses (and, once a worker has it, the fencing token) in the `WHERE`; a change that finds
 * another status affects no row and is dropped. The picture is in docs/state-machine.md.
 *
 * Who moves what: the planner creates (`pending` or `skipped`); a worker claims, finishes and retries what it holds the
 * token of; the leader rescues what lost its worker; users cancel; changes of a job supersede what has not
 * started; the gate fails what waits for a job that failed.
 */
import type { ExecutionStatus, FinalStatus } from './status.js';

/** Every transition: from which statuses, to which. */
export const TRANSITIONS = {
  /** A worker takes it: attempt + 1, token + 1, lease. */
  claim: { from: ['pending', 'dispatched'], to: 'running' },
  /** Handed to a remote worker that has not started it yet. */
  dispatch: { from: ['pending'], to: 'dispatched' },
  succeed: { from: ['running'], to: 'success' },
  fail: { from: ['running'], to: 'failed' },
  timeOut: { from: ['running'], to: 'timeout' },
  cancelRunning: { from: ['running'], to: 'cancelled' },
  /** Attempts are left after a failure or a timeout: back to the queue after the backoff. */
  retry: { from: ['running'], to: 'pending' },
  /** The worker is gone and attempts are left. */
  rescue: { from: ['running', 'dispatched'], to: 'pending' },
  /** The worker is gone and policy or the attempt limit says stop. */
  abandon: { from: ['running', 'dispatched'], to: 'failed' },
  /** Cancelled before anything started. */
  cancelWaiting: { from: ['pending', 'dispatched'], to: 'cancelled' },
  /** A job that it depends on failed, or was not done within its window. */
  failWaiting: { from: ['pending'], to: 'failed' },
  /** Its schedule changed or its job was switched off before it started. */
  supersede: { from: ['pending'], to: 'skipped' },
} as const satisfies Record<string, { from: readonly ExecutionStatus[]; to: ExecutionStatus }>;

/** Tells whether an execution may go from `from` to `to` by any transition. */
export function canMove(from: ExecutionStatus, to: ExecutionStatus): boolean {
  return Object.values(TRANSITIONS).some(
    (transition) => transition.to === to && (transition.from as readonly ExecutionStatus[]).includes(from),
  );
}

/** Tells whether nothing leads out of `status`. */
export function isFinal(status: ExecutionStatus): status is FinalStatus {
  return !Object.values(TRANSITIONS).some((transition) =>
    (transition.from as readonly ExecutionStatus[]).includes(status),
  );
}
