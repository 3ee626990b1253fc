import { newId, type ExecutionId } from '#domain/ids.js';
import { DomainError } from '#domain/errors.js';
import { aDueJob, everySeconds, unbounded } from '#testing/factories.js';
import { deferred, type Deferred } from '#testing/deferred.js';
import { describe, expect, it } from 'vitest';
import { Dispatcher } from './dispatcher.js';
import { Outbox } from './outbox.js';
import { PlanStore, type PlannedChunk } from './plan-store.js';
import { Planner, planJob, Sender } from './planner.js';
import type { QueueItem } from './queue-item.js';

const anItem = (): QueueItem => ({ executionId: newId<ExecutionId>(), attempt: 1, queue: 'default', taskFunction: 'shell', priority: 0, delayMs: 0 });
const aChunk = (jobs: number, items: QueueItem[] = [], isBehind = false): PlannedChunk => ({ jobs, unreadable: [], isBehind, items, outcomes: {}, latenessMs: [], awaiting: [] });

/** Plans end when the test says so. */
class SlowPlanStore extends PlanStore {
  readonly plans: Deferred<PlannedChunk>[] = [];
  readonly limits: number[] = [];
  planDue(limit: number): Promise<PlannedChunk> {
    this.limits.push(limit);
    const plan = deferred<PlannedChunk>();
    this.plans.push(plan);
    return plan.promise;
  }
  msUntilNextFire(): Promise<null> {
    return Promise.resolve(null);
  }
  releaseHeld(): Promise<QueueItem[]> {
    return Promise.resolve([]);
  }
}

class QueueThat extends Dispatcher {
  readonly got: QueueItem[] = [];
  constructor(private readonly isAway: boolean) {
    super();
  }
  dispatch(items: readonly QueueItem[]): Promise<void> {
    if (this.isAway) return Promise.reject(new DomainError('QUEUE_UNAVAILABLE', 'away'));
    this.got.push(...items);
    return Promise.resolve();
  }
  missing(): Promise<QueueItem[]> {
    return Promise.reject(new Error('not asked'));
  }
  hasMemory(): Promise<boolean> {
    return Promise.reject(new Error('not asked'));
  }
  remember(): Promise<void> {
    return Promise.reject(new Error('not asked'));
  }
}

class Notes extends Outbox {
  readonly sent: QueueItem[] = [];
  unsent(): Promise<QueueItem[]> {
    return Promise.resolve([]);
  }
  unclaimed(): Promise<QueueItem[]> {
    return Promise.resolve([]);
  }
  forgetSent(): Promise<number> {
    return Promise.resolve(0);
  }
  markSent(items: readonly QueueItem[]): Promise<void> {
    this.sent.push(...items);
    return Promise.resolve();
  }
}

const setUp = ({ isAway = false } = {}): { store: SlowPlanStore; queue: QueueThat; notes: Notes; failed: number[]; planned: number[]; sender: Sender; planner: Planner } => {
  const [store, queue, notes] = [new SlowPlanStore(), new QueueThat(isAway), new Notes()];
  const failed: number[] = [];
  const planned: number[] = [];
  const observer = { planned: (chunk: PlannedChunk) => planned.push(chunk.jobs), dispatchFailed: (_error: unknown, items: number) => failed.push(items) };
  const sender = new Sender(queue, notes, observer);
  const admission = { openGates: () => Promise.resolve(0) };
  return { store, queue, notes, failed, planned, sender, planner: new Planner(store, sender, observer, admission) };
};

const turn = async (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

describe('wake-ups', () => {
  it('that arrive while a plan runs are served by one further plan after it', async () => {
    const { store, planner } = setUp();
    const first = planner.planDue();
    const later = [planner.planDue(), planner.planDue(), planner.planDue()];
    expect(store.plans).toHaveLength(1);
    store.plans[0]?.resolve(aChunk(0));
    await first;
    await turn();
    expect(store.plans).toHaveLength(2);
    store.plans[1]?.resolve(aChunk(0));
    await Promise.all(later);
    await turn();
    expect(store.plans).toHaveLength(2);
  });

  it('are served also when the plan before them failed', async () => {
    const { store, planner } = setUp();
    const first = planner.planDue();
    const second = planner.planDue();
    store.plans[0]?.reject(new Error('the store is away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    store.plans[1]?.resolve(aChunk(0));
    await second;
    const third = planner.planDue();
    store.plans[2]?.resolve(aChunk(0));
    await third;
  });

  it('plan on while chunks come back full, and hand each chunk to the queue', async () => {
    const { store, planner, queue, notes, sender, planned } = setUp();
    const items = [anItem(), anItem(), anItem()];
    const done = planner.planDue();
    store.plans[0]?.resolve(aChunk(100, items.slice(0, 2)));
    await turn();
    store.plans[1]?.resolve(aChunk(1, items.slice(2)));
    await done;
    expect(queue.got).toEqual(items);
    await sender.note();
    expect(notes.sent).toEqual(items);
    expect(planned).toEqual([100, 1]);
  });

  it('plan few jobs first and ever more after them, up to the limit', async () => {
    const { store, planner, planned } = setUp();
    const done = planner.planDue();
    for (const [at, jobs] of [100, 200, 400, 500, 499].entries()) {
      store.plans[at]?.resolve(aChunk(jobs));
      await turn();
    }
    await done;
    expect(store.limits).toEqual([100, 200, 400, 500, 500]);
    expect(planned).toEqual([100, 200, 400, 500, 499]);
  });

  it('plan on at once while a job has more due than one plan takes', async () => {
    const { store, planner, planned } = setUp();
    const done = planner.planDue();
    store.plans[0]?.resolve(aChunk(1, [], true));
    await turn();
    store.plans[1]?.resolve(aChunk(1));
    await done;
    expect(planned).toEqual([1, 1]);
  });

  it('leave in the outbox what the queue did not take', async () => {
    const { store, planner, notes, sender, failed } = setUp({ isAway: true });
    const done = planner.planDue();
    store.plans[0]?.resolve(aChunk(1, [anItem()]));
    await done;
    await sender.note();
    expect(notes.sent).toEqual([]);
    expect(failed).toEqual([1]);
  });
});

describe('the plan of a job', () => {
  const now = new Date('2027-01-01T00:00:10Z');
  const seconds = (first: number, last: number): Date[] =>
    Array.from({ length: last - first + 1 }, (_, index) => new Date(Date.UTC(2027, 0, 1, 0, 0, first + index)));
  const due = (at: string): Date => new Date(`2027-01-01T00:00:${at}Z`);

  it('holds every instant from the cursor to now, both included, and the cursor is the next one', () => {
    const job = aDueJob({ bounded: unbounded(everySeconds(1)), nextFireAt: due('06'), maxInstances: 9 });
    const plan = planJob(job, now);
    expect(plan.occurrences.map((decision) => decision.kind === 'run' && decision.scheduledFor)).toEqual(seconds(6, 10));
    expect(plan.nextFireAt).toEqual(due('11'));
  });

  it('of a cursor beside the grid goes on with the grid', () => {
    const job = aDueJob({ bounded: unbounded(everySeconds(60)), nextFireAt: due('05') });
    expect(planJob(job, now)).toMatchObject({ occurrences: [], nextFireAt: new Date('2027-01-01T00:01:00Z') });
  });

  it('ends with the span of the job', () => {
    const bounded = { schedule: everySeconds(1), startAt: null, endAt: due('08') };
    const plan = planJob(aDueJob({ bounded, nextFireAt: due('07'), maxInstances: 9 }), now);
    expect(plan.occurrences).toHaveLength(2);
    expect(plan.nextFireAt).toBeNull();
  });

  it('of a long arrear takes the first thousand and goes on after them', () => {
    const job = aDueJob({ bounded: unbounded(everySeconds(1)), nextFireAt: new Date('2026-12-31T00:00:00Z'), catchUp: { mode: 'none', windowMs: 0 } });
    const plan = planJob(job, now);
    expect(plan.occurrences).toMatchObject([{ kind: 'gap', count: 1_000 }]);
    expect(plan.nextFireAt).toEqual(new Date('2026-12-31T00:16:40Z'));
  });
});
