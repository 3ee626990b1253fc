import type { ExecutionId } from '#domain/ids.js';
import { forEachOf } from '../bulk.js';
import type { Caller } from '../identity/caller.js';
import type { CancelExecution } from './cancel-execution.js';
import type { RerunExecution } from './rerun-execution.js';

export const BULK_EXECUTION_ACTIONS = ['cancel', 'rerun'] as const;
export type BulkExecutionAction = (typeof BULK_EXECUTION_ACTIONS)[number];

export interface BulkExecutionResult {
  /** Executions that exist. */
  readonly matched: number;
  readonly changed: number;
  readonly failed: readonly { readonly id: ExecutionId; readonly reason: string }[];
}

/** Does one thing to many executions, each by a call of its own. */
export class ChangeExecutions {
  constructor(
    private readonly cancel: CancelExecution,
    private readonly rerun: RerunExecution,
  ) {}

  async execute(action: BulkExecutionAction, ids: readonly ExecutionId[], caller: Caller): Promise<BulkExecutionResult> {
    const wanted = [...new Set(ids)];
    const refusals = await forEachOf(wanted, async (id) => {
      await (action === 'cancel' ? this.cancel.execute(id, caller) : this.rerun.execute(id, caller));
    });
    const unknown = refusals.filter(({ error }) => error.code === 'EXECUTION_NOT_FOUND');
    return {
      matched: wanted.length - unknown.length,
      changed: wanted.length - refusals.length,
      failed: refusals.map(({ item, error }) => ({ id: item, reason: error.message })),
    };
  }
}
