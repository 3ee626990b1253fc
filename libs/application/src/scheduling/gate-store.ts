import type { GateDecision, GateFacts } from '#domain/dependencies/judge-gate.js';
import type { JobId } from '#domain/ids.js';
import type { QueueItem } from './queue-item.js';

/** Whose waiting executions are looked at: those of some jobs, of all jobs that depend on some, or all. */
export type GateScope = { readonly of: readonly JobId[] } | { readonly dependingOn: readonly JobId[] } | 'all';

/** What a look at the gate did. */
export interface GateRound {
  /** Executions that can start now. */
  readonly items: readonly QueueItem[];
  /** Jobs of which an execution failed here; it gave its slot back, and others may depend on it in turn. */
  readonly failed: readonly JobId[];
}

/** Where executions are kept that have their slot and wait for the jobs that theirs depends on. */
export abstract class GateStore {
  /**
   * One transaction on the database's clock: locks the jobs with such executions, asks for a decision on each execution,
   * and lets it go, or ends it as `failed` with the reason. Of `all`, at most 1000 jobs are looked at, chosen by chance.
   * Costs one probe of an index when nothing waits.
   */
  abstract judge(scope: GateScope, decide: (facts: GateFacts) => GateDecision): Promise<GateRound>;
}
