/**
 * What becomes of an occurrence that waits for other jobs: it starts when the latest run of every dependency is a success,
 * fails when one of them failed, and fails when its window is over before that. Pure.
 *
 * The latest run of a dependency is the live one with the newest nominal instant or, if none is newer, the one that ended
 * and had started last. Skipped occurrences are no runs. A dependency whose own schedule is due at the same instant or
 * earlier but not planned yet has its latest run still to come.
 */
import type { ExecutionStatus } from '../execution/status.js';

/** A dependency as it stands. */
export interface DependencyState {
  readonly number: number;
  readonly name: string;
  /** Everything that its schedule has up to the instant in question is in the ledger. */
  readonly isPlanned: boolean;
  /** Status of its latest run; null before the first one. */
  readonly latest: ExecutionStatus | null;
}

export interface GateFacts {
  readonly now: Date;
  /** End of the window in which it may wait. */
  readonly deadline: Date;
  readonly dependencies: readonly DependencyState[];
}

/** Why the platform ended an execution that never started. */
export type GateFailure = 'dependency_failed' | 'dependency_timeout';

export type GateDecision =
  | { readonly kind: 'open' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'fail'; readonly reason: GateFailure; readonly error: string };

type Standing = 'met' | 'failed' | 'unsettled';

/** Total: a new status must say what it means to those that wait for it. */
const STANDING: Readonly<Record<ExecutionStatus, Standing>> = {
  pending: 'unsettled',
  dispatched: 'unsettled',
  running: 'unsettled',
  success: 'met',
  failed: 'failed',
  timeout: 'failed',
  cancelled: 'failed',
  skipped: 'unsettled',
};

/** What a dependency says: it is met, it failed, or that is not known yet. */
export function standingOf({ isPlanned, latest }: DependencyState): Standing {
  return isPlanned && latest !== null ? STANDING[latest] : 'unsettled';
}

/** The first dependency that is not met, in words; null when all are. */
export function describeUnmet(dependencies: readonly DependencyState[]): string | null {
  const unmet = dependencies.find((dependency) => standingOf(dependency) !== 'met');
  if (unmet === undefined) return null;
  if (!unmet.isPlanned) return `${nameOf(unmet)} is due and has not run yet`;
  return `${nameOf(unmet)} ${unmet.latest === null ? 'has not run yet' : `is ${unmet.latest}, not success`}`;
}

/** Decides one occurrence. @see the essay above for the rules */
export function judgeGate({ now, deadline, dependencies }: GateFacts): GateDecision {
  const failed = dependencies.find((dependency) => standingOf(dependency) === 'failed');
  if (failed !== undefined) {
    const error = `${nameOf(failed)} did not succeed (${String(failed.latest)})`;
    return { kind: 'fail', reason: 'dependency_failed', error };
  }
  const missing = dependencies.find((dependency) => standingOf(dependency) === 'unsettled');
  if (missing === undefined) return { kind: 'open' };
  if (now < deadline) return { kind: 'wait' };
  return { kind: 'fail', reason: 'dependency_timeout', error: `${nameOf(missing)} did not succeed in time` };
}

function nameOf({ number, name }: DependencyState): string {
  return `dependency ${String(number)} '${name}'`;
}
