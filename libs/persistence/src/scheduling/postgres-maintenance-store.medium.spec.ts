import type { Reign } from '#application/scheduling/leadership.js';
import { newId, type ExecutionId, type InstanceId, type WorkerId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { aRecord, type JobOverrides } from '#testing/factories.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PostgresWorkerRegistry } from '../registry/postgres-worker-registry.js';
import { PostgresLeaseStore } from './postgres-lease-store.js';
import { PostgresMaintenanceStore } from './postgres-maintenance-store.js';

const WORKER = newId<WorkerId>();
const LEADER = newId<InstanceId>();

let platform: Platform;
let leases: PostgresLeaseStore;
let store: PostgresMaintenanceStore;
let reign: Reign;

beforeAll(async () => {
  platform = await openPlatform();
  leases = new PostgresLeaseStore(platform.database);
  store = new PostgresMaintenanceStore(platform.database);
});
beforeEach(async () => {
  await platform.clear();
  await platform.sql('update leader_lease set holder = null');
  reign = { holder: LEADER, term: (await leases.acquireOrRenew(LEADER, 60_000)) ?? 0 };
});
afterAll(() => platform.close());

const LOSE_WORKER = `update execution set lease_until = clock_timestamp() - interval '1 ms' where id = $1`;

const claim = async (id: ExecutionId, attempt: number): Promise<void> => {
  const claims = await platform.ledger.claim(WORKER, [{ executionId: id, attempt }]);
  expect(claims).toHaveLength(1);
};

/** An execution whose worker went silent in its first attempt. */
const lost = async (overrides: JobOverrides = {}): Promise<{ job: ScheduledJob; id: ExecutionId }> => {
  const job = await platform.job(overrides);
  const result = await platform.triggers.trigger(job.id, { source: 'manual', userId: null });
  if (result.kind !== 'triggered') throw new Error(result.kind);
  await claim(result.executionId, 1);
  await platform.sql(LOSE_WORKER, [result.executionId]);
  return { job, id: result.executionId };
};

/** How many rows of the table each statement deletes meanwhile, those of cascades included; without statements that delete none. */
async function deletionsOf(table: string, work: () => Promise<void>): Promise<number[]> {
  await platform.sql('create table deletion (turn serial, rows integer)');
  await platform.sql(`create function note_deletion() returns trigger language plpgsql as
    $$ begin insert into deletion (rows) select count(*) from gone; return null; end $$`);
  await platform.sql(`create trigger note_deletion after delete on ${table} referencing old table as gone for each statement execute function note_deletion()`);
  try {
    await work();
    return (await platform.sql<{ rows: number }>('select rows from deletion where rows > 0 order by turn')).map(({ rows }) => rows);
  } finally {
    await platform.sql('drop function note_deletion cascade');
    await platform.sql('drop table deletion');
  }
}

describe('the rescue', () => {
  it('makes another attempt of a run whose lease is over and records the lost one', async () => {
    const { id } = await lost();
    const result = await store.rescue(reign, 100);
    expect(result).toMatchObject({ rescued: 1, abandoned: 0, items: [{ executionId: id, attempt: 2, delayMs: 0 }] });
    expect(await platform.row(id)).toMatchObject({ status: 'pending', token: 2, worker_id: null, lost_count: 1, finished_at: null });
    expect(await platform.executions.attempts(id)).toMatchObject([{ attempt: 1, status: 'lost', workerId: WORKER }]);
    expect(await store.rescue(reign, 100)).toMatchObject({ rescued: 0 });
  });

  it('does not use up retries', async () => {
    const { id } = await lost();
    await store.rescue(reign, 100);
    const [second] = await platform.ledger.claim(WORKER, [{ executionId: id, attempt: 2 }]);
    expect(second).toMatchObject({ attempt: 2, countedAttempt: 1 });
  });

  it('leaves alone what has its lease', async () => {
    const { id } = await lost();
    await platform.sql(`update execution set lease_until = clock_timestamp() + interval '1 s' where id = $1`, [id]);
    expect(await store.rescue(reign, 100)).toMatchObject({ rescued: 0, abandoned: 0 });
  });

  it('ends the execution where the job allows no second start', async () => {
    const { id } = await lost({ policies: { onWorkerLost: 'fail' } });
    expect(await store.rescue(reign, 100)).toEqual({ items: [], rescued: 0, abandoned: 1 });
    expect(await platform.row(id)).toMatchObject({ status: 'failed', reason: 'worker_lost', error: 'the worker was lost while it ran' });
  });

  it('ends the execution of a job that was switched off: it starts nothing any more', async () => {
    const { job, id } = await lost();
    await platform.change(job.id, { isEnabled: false });
    expect(await store.rescue(reign, 100)).toMatchObject({ items: [], abandoned: 1 });
    expect(await platform.row(id)).toMatchObject({ status: 'failed', reason: 'worker_lost' });
  });

  it('ends as cancelled what somebody asked to cancel', async () => {
    const { id } = await lost();
    await platform.executions.requestCancel(id);
    expect(await store.rescue(reign, 100)).toMatchObject({ abandoned: 1 });
    expect(await platform.row(id)).toMatchObject({ status: 'cancelled', reason: null });
  });

  it('takes an execution for the cause after its third lost worker', async () => {
    const { id } = await lost();
    for (const attempt of [2, 3]) {
      expect((await store.rescue(reign, 100)).rescued).toBe(1);
      await claim(id, attempt);
      await platform.sql(LOSE_WORKER, [id]);
    }
    expect(await store.rescue(reign, 100)).toMatchObject({ rescued: 0, abandoned: 1 });
    expect(await platform.row(id)).toMatchObject({ status: 'failed', reason: 'poison', lost_count: 3, attempt: 3 });
    expect((await platform.executions.attempts(id)).map(({ status }) => status)).toEqual(['lost', 'lost', 'lost']);
  });

  it('gives a run to one of two leaders that both believe in it', async () => {
    await Promise.all(Array.from({ length: 20 }, () => lost()));
    const results = await Promise.all([store.rescue(reign, 100), store.rescue(reign, 100), store.rescue(reign, 100)]);
    const rest = await store.rescue(reign, 100);
    expect([...results, rest].reduce((sum, { rescued }) => sum + rescued, 0)).toBe(20);
  });

  it('makes the next attempt of a lost run stronger than the worker that comes back', async () => {
    const { id } = await lost();
    const before = await platform.row(id);
    await store.rescue(reign, 100);
    expect(await platform.ledger.renew([{ executionId: id, token: before.token, progress: null }])).toEqual([]);
  });
});

describe('a reign that is over', () => {
  it('writes nothing', async () => {
    const { id } = await lost();
    await platform.sql(`update execution set sort_at = now() - interval '90 days'`);
    const registry = new PostgresWorkerRegistry(platform.database);
    await registry.register({ id: newId(), name: 'w', hostname: 'h', ipAddress: '::1', pid: 1, version: '1', queues: [], taskTypes: [], concurrency: 1, isolation: null });
    await platform.sql(`update worker set last_heartbeat_at = now() - interval '40 s'`);
    await leases.release(reign);
    const successor = newId<InstanceId>();
    const term = await leases.acquireOrRenew(successor, 60_000);
    expect(term).toBe(reign.term + 1);
    expect(await store.rescue(reign, 100)).toEqual({ items: [], rescued: 0, abandoned: 0 });
    expect(await store.reap(reign)).toEqual({ workersDown: 0 });
    expect(await store.prune(reign, 1, 100)).toBe(0);
    expect((await platform.row(id)).status).toBe('running');
    expect(await store.reap({ holder: successor, term: term ?? 0 })).toEqual({ workersDown: 1 });
    expect((await registry.list({}, { page: 1, perPage: 10 })).items.map(({ status }) => status)).toEqual(['down']);
  });
});

describe('the pruning', () => {
  it('deletes what finished long ago with its attempts and output, oldest first, and nothing that lives', async () => {
    const old = await Promise.all(Array.from({ length: 3 }, () => lost()));
    const ids = old.map(({ id }) => id);
    await platform.sql(`update execution set sort_at = now() - interval '10 days', status = 'failed' where id <> $1`, [ids[2]]);
    await platform.sql(`update execution set sort_at = now() - interval '11 days' where id = $1`, [ids[1]]);
    await platform.sql(`update execution set sort_at = now() - interval '90 days' where id = $1`, [ids[2]]);
    await platform.sql(`insert into execution_log (execution_id, seq, attempt, at, stream, message) values ($1, 1, 1, now(), 'stdout', 'x')`, [ids[1]]);
    expect(await store.prune(reign, 30, 100)).toBe(0);
    expect(await store.prune(reign, 7, 1)).toBe(1);
    expect(await platform.executions.find(ids[1] ?? ('' as ExecutionId))).toBeNull();
    expect(await platform.sql('select 1 from execution_log')).toEqual([]);
    expect(await store.prune(reign, 7, 100)).toBe(1);
    expect((await platform.row(ids[2] ?? '')).status).toBe('running');
  });

  it('deletes much output in portions, and the execution after the last of them', async () => {
    const { id } = await lost();
    await platform.sql(`update execution set sort_at = now() - interval '10 days', status = 'failed'`);
    await platform.sql(
      `insert into execution_log (execution_id, seq, attempt, at, stream, message)
       select $1, n, 1, now(), 'stdout', 'x' from generate_series(1, 45000) n`, [id]);
    const deletions = await deletionsOf('execution_log', async () => {
      expect(await store.prune(reign, 7, 100)).toBe(1);
    });
    expect(deletions).toEqual([20_000, 20_000, 5_000]);
    expect(await platform.sql('select 1 from execution')).toEqual([]);
  });

  it('asks no more often for many executions than for one', async () => {
    const query = vi.spyOn(platform.database, 'query');
    const statements = async (count: number): Promise<number> => {
      const old = await Promise.all(Array.from({ length: count }, () => lost()));
      await platform.sql(`update execution set sort_at = now() - interval '10 days', status = 'failed'`);
      await platform.sql(
        `insert into execution_log (execution_id, seq, attempt, at, stream, message)
         select id, n, 1, now(), 'stdout', 'x' from unnest($1::uuid[]) id, generate_series(1, 3) n`, [old.map(({ id }) => id)]);
      query.mockClear();
      expect(await store.prune(reign, 7, 100)).toBe(count);
      return query.mock.calls.length;
    };
    expect(await statements(1)).toBe(5);
    expect(await statements(30)).toBe(5);
  });

  it('deletes gaps that lie as far back', async () => {
    const job = await platform.job();
    await platform.sql(
      `insert into execution_gap (id, job_id, from_at, to_at, count, reason, schedule_version)
       select gen_random_uuid(), $1, now() - d * interval '1 day', now() - d * interval '1 day', 1, 'missed_window', 1
         from unnest(array[1, 40]) d`,
      [job.id],
    );
    await store.prune(reign, 30, 100);
    expect(await platform.gaps(job.id)).toHaveLength(1);
  });
});

describe('the lease row', () => {
  it('has one holder, keeps the term while it is renewed, and begins a new one otherwise', async () => {
    const other = newId<InstanceId>();
    expect(await leases.acquireOrRenew(other, 60_000)).toBeNull();
    expect(await leases.acquireOrRenew(LEADER, 60_000)).toBe(reign.term);
    await platform.sql(`update leader_lease set expires_at = clock_timestamp()`);
    expect(await leases.acquireOrRenew(LEADER, 60_000)).toBe(reign.term + 1);
    await leases.release(reign);
    expect(await leases.acquireOrRenew(other, 60_000)).toBeNull();
    await leases.release({ holder: LEADER, term: reign.term + 1 });
    expect(await leases.acquireOrRenew(other, 60_000)).toBe(reign.term + 2);
  });

  it('is given to one of many that want it at once', async () => {
    await leases.release(reign);
    const terms = await Promise.all(Array.from({ length: 8 }, () => leases.acquireOrRenew(newId<InstanceId>(), 60_000)));
    expect(terms.filter((term) => term !== null)).toEqual([reign.term + 1]);
  });
});

describe('an execution that ends while its job is deleted', () => {
  it('is gone with its job', async () => {
    const job = await platform.job();
    const result = await platform.triggers.trigger(job.id, { source: 'manual', userId: null });
    if (result.kind !== 'triggered') throw new Error(result.kind);
    const [running] = await platform.ledger.claim(WORKER, [{ executionId: result.executionId, attempt: 1 }]);
    if (running === undefined) throw new Error('not claimed');
    await platform.jobs.delete(job.id);
    expect(await platform.ledger.record([aRecord(running)])).toEqual([]);
  });
});
