/**
 * Lets waiting executions go on. There are two things to wait for, in this order: an instance slot (`hold = 'slot'`), then
 * the jobs that the execution's job depends on (`hold = 'dependency'`, which keeps the slot, so that an occurrence that
 * waits for its dependencies counts for overlap like one that runs).
 *
 * Called by whoever changed something: the planner for what it just planned, a worker for what ended, and the leader for
 * everything, which is what makes a window's end or a lost call harmless. Calls may overlap and repeat: every decision is
 * taken under the job's lock from what the ledger says then.
 */
import { judgeGate } from '#domain/dependencies/judge-gate.js';
import type { JobId } from '#domain/ids.js';
import type { GateScope, GateStore } from './gate-store.js';
import type { PlanStore } from './plan-store.js';
import type { Sender } from './planner.js';

export class Admission {
  constructor(
    private readonly plans: Pick<PlanStore, 'releaseHeld'>,
    private readonly gates: GateStore,
    private readonly sender: Sender,
  ) {}

  /**
   * Gives free slots to executions that wait for one, then opens the gates that can be opened.
   *
   * @param jobIds only of these jobs; left out: of all
   * @returns how many executions moved on or failed
   */
  async release(jobIds?: readonly JobId[]): Promise<number> {
    const items = await this.plans.releaseHeld(jobIds);
    await this.sender.resend(items);
    return items.length + (await this.openGates(jobIds === undefined ? 'all' : { of: jobIds }));
  }

  /**
   * Starts or fails what waits for dependencies. A failure here frees a slot and is itself news for the jobs that depend on
   * the failed one; the graph has no cycles, so this ends.
   *
   * @returns how many executions may start or failed
   */
  async openGates(scope: GateScope): Promise<number> {
    let moved = 0;
    let next: GateScope | null = scope;
    while (next !== null) {
      const { items, failed } = await this.gates.judge(next, judgeGate);
      await this.sender.resend(items);
      moved += items.length + failed.length;
      if (failed.length > 0) await this.sender.resend(await this.plans.releaseHeld(failed));
      next = failed.length > 0 ? { dependingOn: failed } : null;
    }
    return moved;
  }
}
