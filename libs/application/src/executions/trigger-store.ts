import type { TriggerSource } from '#domain/execution/status.js';
import type { ExecutionId, JobId, UserId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import type { QueueItem } from '../scheduling/queue-item.js';

/** Rules of a trigger that a dialect may have otherwise than the native API. */
export interface TriggerOptions {
  /** A job that is switched off starts all the same, once. Its attempts are not retried. @default false */
  readonly evenIfDisabled?: boolean;
  /** With `maxInstances` live executions another one waits for its turn, up to `QUEUE_LIMIT` of them. @default false */
  readonly waitForSlot?: boolean;
}

/** `item` goes to the queue now; it is null while the execution waits for a slot. */
export type TriggerResult =
  | { readonly kind: 'triggered'; readonly executionId: ExecutionId; readonly item: QueueItem | null }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'at-capacity'; readonly maxInstances: number }
  /** `unmet` names the first dependency that is not met and how it stands. */
  | { readonly kind: 'dependencies-unmet'; readonly unmet: string };

/** Puts executions that people ask for into the ledger. */
export abstract class TriggerStore {
  /**
   * Adds one execution that may start now, unless the job is disabled, has `maxInstances` live ones and `options` do not say
   * that this is all right, or the latest run of a job that it depends on is no success. The checks and the insert happen
   * under the job's lock.
   *
   * @param args instead of the job's own; undefined keeps those
   */
  abstract trigger(
    jobId: JobId,
    by: { readonly source: TriggerSource; readonly userId: UserId | null },
    args?: JsonObject,
    options?: TriggerOptions,
  ): Promise<TriggerResult>;
}
