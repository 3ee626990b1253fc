import { judgeGate } from '#domain/dependencies/judge-gate.js';
import { newId, type ExecutionId, type JobId, type WorkerId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { planJob } from '#application/scheduling/planner.js';
import type { GateRound, GateScope } from '#application/scheduling/gate-store.js';
import { aJob, aRecord } from '#testing/factories.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const WORKER = newId<WorkerId>();
const MANUAL = { source: 'manual', userId: null } as const;

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
beforeEach(() => platform.clear());
afterAll(() => platform.close());

/** Makes the jobs due at one instant and plans them. */
async function fire(...jobs: ScheduledJob[]): Promise<void> {
  const ids = jobs.map(({ id }) => id);
  await platform.sql("update scheduled_job set next_fire_at = date_trunc('hour', now()), end_at = date_trunc('hour', now()) where id = any($1)", [ids]);
  await platform.plans.planDue(100, planJob);
}

const judge = async (scope: GateScope): Promise<GateRound> => platform.gates.judge(scope, judgeGate);

async function lastOf(job: ScheduledJob): Promise<Awaited<ReturnType<Platform['row']>>> {
  const row = (await platform.rows(job.id)).at(-1);
  if (row === undefined) throw new Error('no execution');
  return row;
}

/** Runs the job's newest execution to this end. */
async function run(job: ScheduledJob, status: 'success' | 'failed' = 'success'): Promise<void> {
  const { id } = await lastOf(job);
  const [claim] = await platform.ledger.claim(WORKER, [{ executionId: id as ExecutionId, attempt: 1 }]);
  if (claim === undefined) throw new Error('not claimed');
  await platform.ledger.record([aRecord(claim, { status, attemptStatus: status })]);
}

async function pair(overrides: Parameters<Platform['job']>[0] = {}): Promise<[ScheduledJob, ScheduledJob]> {
  const parent = await platform.job({ name: 'parent' });
  return [parent, await platform.job({ name: 'child', ...overrides, dependsOn: [parent.number] })];
}

describe('an occurrence of a job with dependencies', () => {
  it('can be neither sent nor claimed until the run of the same instant is a success', async () => {
    const [parent, child] = await pair();
    await fire(parent, child);
    const waiting = await lastOf(child);
    expect(waiting).toMatchObject({ status: 'pending', hold: 'dependency' });
    expect(await platform.ledger.claim(WORKER, [{ executionId: waiting.id as ExecutionId, attempt: 1 }])).toEqual([]);
    expect((await platform.outbox.unsent(10, 0)).map(({ executionId }) => executionId)).toEqual([(await lastOf(parent)).id]);
    expect(await judge('all')).toEqual({ items: [], failed: [] });
    await run(parent);
    expect((await judge({ dependingOn: [parent.id] })).items).toMatchObject([{ executionId: waiting.id, attempt: 1, queue: 'default' }]);
    expect(await lastOf(child)).toMatchObject({ status: 'pending', hold: null });
    await run(child);
  });

  it('is not judged by what its dependency did before the instant that is due now', async () => {
    const [parent, child] = await pair();
    await platform.triggers.trigger(parent.id, MANUAL);
    await run(parent);
    await fire(child);
    await platform.sql("update scheduled_job set next_fire_at = date_trunc('hour', now()) where id = $1", [parent.id]);
    expect(await judge('all')).toEqual({ items: [], failed: [] });
    await platform.sql("update scheduled_job set next_fire_at = now() + interval '1 hour' where id = $1", [parent.id]);
    expect((await judge({ of: [child.id] })).items).toHaveLength(1);
  });

  it('ignores skipped occurrences of its dependency', async () => {
    const [parent, child] = await pair();
    await platform.triggers.trigger(parent.id, MANUAL);
    await run(parent);
    await platform.sql(
      `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, reason, task_function, queue, priority, timeout_ms)
       values (gen_random_uuid(), $1, now(), now(), 'scheduler', 1, 'skipped', 'overlap', 'shell', 'default', 0, 1)`,
      [parent.id],
    );
    await fire(child);
    expect((await judge('all')).items).toHaveLength(1);
  });

  it('fails with the name of the dependency that failed', async () => {
    const [parent, child] = await pair();
    await fire(parent, child);
    await run(parent, 'failed');
    expect(await judge({ dependingOn: [parent.id] })).toEqual({ items: [], failed: [child.id] });
    expect(await lastOf(child)).toMatchObject({
      status: 'failed',
      reason: 'dependency_failed',
      error: `dependency ${String(parent.number)} 'parent' did not succeed (failed)`,
      hold: null,
      attempt: 0,
      started_at: null,
      finished_at: expect.any(Date) as Date,
    });
  });

  it('fails when its window is over', async () => {
    const [parent, child] = await pair();
    await fire(parent, child);
    await platform.sql("update execution set created_at = now() - interval '1 day', scheduled_for = now() - interval '1 day' where job_id = $1", [child.id]);
    expect((await judge('all')).failed).toEqual([child.id]);
    expect(await lastOf(child)).toMatchObject({ status: 'failed', reason: 'dependency_timeout' });
  });

  it('holds its slot while it waits: the next one waits for the slot first, then for the dependencies', async () => {
    const [parent, child] = await pair({ policies: { overlap: 'queue-one' } });
    await fire(child);
    await platform.sql("update execution set scheduled_for = scheduled_for - interval '1 hour' where job_id = $1", [child.id]);
    await fire(child);
    const holds = async (): Promise<unknown[]> => (await platform.rows(child.id)).map(({ hold }) => hold);
    expect(await holds()).toEqual(['dependency', 'slot']);
    await platform.triggers.trigger(parent.id, MANUAL);
    await run(parent);
    const [first] = await platform.rows(child.id);
    expect((await judge('all')).items).toMatchObject([{ executionId: first?.id }]);
    await platform.sql("update execution set status = 'success' where id = $1", [first?.id]);
    expect(await platform.plans.releaseHeld([child.id])).toEqual([]);
    expect(await holds()).toEqual([null, 'dependency']);
    expect((await judge({ of: [child.id] })).items).toHaveLength(1);
  });
});

describe('the record of an end', () => {
  it('says whether other jobs depend on the job', async () => {
    const [parent] = await pair();
    await platform.triggers.trigger(parent.id, MANUAL);
    const { id } = await lastOf(parent);
    const [claim] = await platform.ledger.claim(WORKER, [{ executionId: id as ExecutionId, attempt: 1 }]);
    if (claim === undefined) throw new Error('not claimed');
    expect(await platform.ledger.record([aRecord(claim)])).toMatchObject([{ hasDependents: true }]);
  });
});

describe('a manual trigger', () => {
  it('is refused while a dependency is not met', async () => {
    const [parent, child] = await pair();
    const unmet = { kind: 'dependencies-unmet', unmet: `dependency ${String(parent.number)} 'parent' has not run yet` };
    expect(await platform.triggers.trigger(child.id, MANUAL)).toEqual(unmet);
    expect(await platform.rows(child.id)).toEqual([]);
    await platform.triggers.trigger(parent.id, MANUAL);
    await run(parent);
    expect(await platform.triggers.trigger(child.id, MANUAL)).toMatchObject({ kind: 'triggered' });
  });
});

describe('changes of the graph', () => {
  it('come back with the job, in lists too', async () => {
    const [parent, child] = await pair();
    expect(child.dependsOn).toEqual([parent.number]);
    expect((await platform.jobs.find(child.id))?.dependsOn).toEqual([parent.number]);
    const { items } = await platform.jobs.list({}, { page: 1, perPage: 10 });
    expect(items.map(({ dependsOn }) => dependsOn)).toEqual([[parent.number], []]);
    expect((await platform.change(child.id, { dependsOn: [] })).dependsOn).toEqual([]);
  });

  it('refuse unknown jobs and leave nothing behind', async () => {
    const created = platform.job({ dependsOn: [987_654] });
    await expect(created).rejects.toMatchObject({ code: 'VALIDATION_FAILED', violations: [{ path: ['dependsOn'], message: '987654 is no job' }] });
    expect((await platform.jobs.list({}, { page: 1, perPage: 10 })).counts.total).toBe(0);
  });

  it('refuse cycles, the shortest included, and leave the job as it was', async () => {
    const [parent, child] = await pair();
    const grandchild = await platform.job({ dependsOn: [child.number] });
    await expect(platform.change(parent.id, { name: 'other', dependsOn: [parent.number] })).rejects.toMatchObject({ code: 'DEPENDENCY_CYCLE' });
    await expect(platform.change(parent.id, { name: 'other', dependsOn: [grandchild.number] })).rejects.toMatchObject({
      code: 'DEPENDENCY_CYCLE',
      message: `Dependencies would form a cycle: ${[parent, grandchild, child, parent].map(({ number }) => number).join(' → ')}`,
    });
    expect(await platform.jobs.find(parent.id)).toMatchObject({ name: 'parent', dependsOn: [] });
  });

  it('cannot close the two halves of a cycle at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, other] = [await platform.job(), await platform.job()];
      const both = await Promise.allSettled([
        platform.change(one.id, { dependsOn: [other.number] }),
        platform.change(other.id, { dependsOn: [one.number] }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
  });

  it('reach what waits already, both ways', async () => {
    const parent = await platform.job({ name: 'parent' });
    const child = await platform.job({ name: 'child' });
    await fire(child);
    expect((await lastOf(child)).hold).toBeNull();
    await platform.change(child.id, { dependsOn: [parent.number] });
    expect(await lastOf(child)).toMatchObject({ hold: 'dependency', enqueued_at: null });
    expect((await judge('all')).items).toEqual([]);
    await platform.change(child.id, { dependsOn: [] });
    expect((await judge('all')).items).toHaveLength(1);
  });
});

describe('deleting', () => {
  it('is refused while another job depends on it', async () => {
    const [parent, child] = await pair();
    await expect(platform.jobs.delete(parent.id)).rejects.toMatchObject({
      code: 'JOB_HAS_DEPENDENTS',
      message: `Other jobs depend on it: ${String(child.number)} 'child'`,
    });
    expect(await platform.jobs.delete(child.id)).toBe(true);
    expect(await platform.jobs.delete(parent.id)).toBe(true);
  });

  it('and becoming a dependency exclude each other', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, other] = [await platform.job(), await platform.job()];
      const [deleted, changed] = await Promise.allSettled([
        platform.jobs.delete(other.id),
        platform.change(one.id, { dependsOn: [other.number] }),
      ]);
      expect([deleted.status, changed.status].sort()).toEqual(['fulfilled', 'rejected']);
    }
  });

  it('can be refused while there are live executions', async () => {
    const job = await platform.job();
    await platform.triggers.trigger(job.id, MANUAL);
    await expect(platform.jobs.delete(job.id, 'refuse')).rejects.toMatchObject({ code: 'JOB_ACTIVE' });
    await run(job);
    expect(await platform.jobs.delete(job.id, 'refuse')).toBe(true);
  });
});

describe('a name that must be new', () => {
  it('is given to one of many that want it at the same time', async () => {
    const wants = Array.from({ length: 6 }, async () =>
      platform.jobs.create(newId<JobId>(), () => ({ ...aJob({ name: 'only one' }), nameRule: 'unique' }), null));
    const outcomes = await Promise.allSettled(wants);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'JOB_NAME_TAKEN' });
  });

  it('may be given twice where nobody asks', async () => {
    await platform.job({ name: 'twice' });
    await expect(platform.job({ name: 'twice' })).resolves.toMatchObject({ name: 'twice' });
  });
});
