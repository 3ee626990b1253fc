import { LEASE_MS, type AttemptRecord, type Claim } from '#application/running/execution-ledger.js';
import { newId, type ExecutionId, type WorkerId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { eventually } from '#testing/eventually.js';
import { aRecord, type JobOverrides } from '#testing/factories.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const WORKER = newId<WorkerId>();

let platform: Platform;

beforeAll(async () => {
  platform = await openPlatform();
});
beforeEach(() => platform.clear());
afterAll(() => platform.close());

/** A job and one execution of it that may start now. */
const waiting = async (overrides: JobOverrides = {}): Promise<{ job: ScheduledJob; id: ExecutionId }> => {
  const job = await platform.job({ ...overrides, policies: { maxInstances: 10, ...overrides.policies } });
  return { job, id: await another(job) };
};

const another = async (job: ScheduledJob): Promise<ExecutionId> => {
  const result = await platform.triggers.trigger(job.id, { source: 'manual', userId: null });
  if (result.kind !== 'triggered') throw new Error(result.kind);
  return result.executionId;
};

const tryClaim = async (executionId: ExecutionId, attempt = 1): Promise<Claim | undefined> =>
  (await platform.ledger.claim(WORKER, [{ executionId, attempt }]))[0];

const claimed = async (executionId: ExecutionId, attempt = 1): Promise<Claim> => {
  const claim = await tryClaim(executionId, attempt);
  if (claim === undefined) throw new Error('not claimed');
  return claim;
};

const failed = (claim: Claim, overrides: Partial<AttemptRecord> = {}): AttemptRecord =>
  aRecord(claim, { attemptStatus: 'failed', status: 'failed', error: 'broken', ...overrides });

/** The lease of an execution ran out and the leader gave it to another worker. */
const fenceOff = async (id: ExecutionId): Promise<Claim> => {
  await platform.sql(`update execution set status = 'pending', token = token + 1, lease_until = null where id = $1`, [id]);
  return claimed(id, 2);
};

const attemptRows = async (id: ExecutionId): Promise<Record<string, unknown>[]> =>
  platform.sql('select attempt, status, error, duration_ms from execution_attempt where execution_id = $1 order by attempt', [id]);

describe('a claim', () => {
  it('gives the right to run with everything the run needs', async () => {
    const { job, id } = await waiting({ args: { command: 'ls' }, policies: { timeoutMs: 5_000 } });
    const claim = await claimed(id);
    expect(claim).toMatchObject({
      executionId: id,
      jobId: job.id,
      attempt: 1,
      countedAttempt: 1,
      token: 1,
      taskFunction: 'shell',
      queue: 'default',
      args: { command: 'ls' },
      timeoutMs: 5_000,
      retry: job.policies.retry,
      lastLogSeq: 0,
    });
    expect(claim.startLatenessMs).toBeGreaterThanOrEqual(0);
    const row = await platform.row(id);
    expect(row).toMatchObject({ status: 'running', attempt: 1, token: 1, worker_id: WORKER });
    expect((row.lease_until?.getTime() ?? 0) - (row.started_at?.getTime() ?? 0)).toBeCloseTo(LEASE_MS, -2);
  });

  it('is given once, however many workers ask at the same time', async () => {
    const { job } = await waiting();
    const ids = (await platform.rows(job.id)).map((row) => row.id as ExecutionId);
    for (let more = 0; more < 9; more += 1) ids.push(await another(job));
    const wanted = ids.map((executionId) => ({ executionId, attempt: 1 }));
    const workers = Array.from({ length: 8 }, () => newId<WorkerId>());
    const claims = await Promise.all(
      workers.map(async (worker, index) => platform.ledger.claim(worker, index % 2 === 0 ? wanted : [...wanted].reverse())),
    );
    expect(claims.flat().map(({ executionId }) => executionId).sort()).toEqual([...ids].sort());
    expect(new Set((await platform.rows(job.id)).map(({ token }) => token))).toEqual(new Set([1]));
  });

  it.each([
    ['that is not due yet', `next_attempt_at = clock_timestamp() + interval '1 s'`],
    ['that waits for a slot', "hold = 'slot'"],
    ['that is to be cancelled', 'cancel_requested_at = now()'],
    ['that is over', `status = 'cancelled'`],
    ['that was skipped', `status = 'skipped'`],
    ['that runs', `status = 'running'`],
  ])('is refused for an execution %s', async (_words, change) => {
    const { id } = await waiting();
    await platform.sql(`update execution set ${change} where id = $1`, [id]);
    expect(await tryClaim(id)).toBeUndefined();
  });

  it('is refused for an attempt that is not the next one, and for an unknown execution', async () => {
    const { id } = await waiting();
    expect(await tryClaim(id, 2)).toBeUndefined();
    expect(await tryClaim(newId<ExecutionId>())).toBeUndefined();
    await claimed(id);
    expect(await tryClaim(id)).toBeUndefined();
  });
});

describe('the end of an attempt', () => {
  it('is recorded once, and a success at first try leaves no attempt row', async () => {
    const { id } = await waiting();
    const claim = await claimed(id);
    const usage = { exitCode: 0, signal: null, peakMemoryBytes: 5_000_000_000.4, averageMemoryBytes: 10.6 };
    const record = aRecord(claim, { result: { lines: 'a\u0000b' }, durationMs: 12.6, usage });
    expect(await platform.ledger.record([record])).toEqual([{ executionId: id, status: 'success', hasWaiting: false, hasDependents: false }]);
    expect(await platform.executions.find(id)).toMatchObject({
      status: 'success',
      result: { lines: 'a\uFFFDb' },
      durationMs: 13,
      exitCode: 0,
      peakMemoryBytes: 5_000_000_000,
      averageMemoryBytes: 11,
    });
    expect(await attemptRows(id)).toEqual([]);
    expect(await platform.ledger.record([record])).toEqual([]);
    expect(await platform.executions.attempts(id)).toMatchObject([{ attempt: 1, status: 'success', workerId: WORKER }]);
  });

  it('with a retry puts the execution back, due after the delay, with a row for the attempt', async () => {
    const { id } = await waiting();
    const claim = await claimed(id);
    await platform.ledger.record([failed(claim, { status: 'pending', retryDelayMs: 60_000 })]);
    const row = await platform.row(id);
    expect(row).toMatchObject({ status: 'pending', attempt: 1, finished_at: null, lease_until: null, enqueued_at: null });
    expect((row.next_attempt_at?.getTime() ?? 0) - (await platform.now()).getTime()).toBeGreaterThan(58_000);
    expect(await attemptRows(id)).toEqual([{ attempt: 1, status: 'failed', error: 'broken', duration_ms: 10 }]);
    expect(await tryClaim(id, 2)).toBeUndefined();
    await platform.sql('update execution set next_attempt_at = now() where id = $1', [id]);
    const second = await claimed(id, 2);
    expect(second).toMatchObject({ attempt: 2, countedAttempt: 2, token: 2 });
    expect((await platform.executions.attempts(id)).map(({ attempt, status }) => [attempt, status])).toEqual([[1, 'failed'], [2, 'running']]);
    await platform.ledger.record([aRecord(second)]);
    expect((await platform.executions.attempts(id)).map(({ status }) => status)).toEqual(['failed', 'success']);
  });

  it('says when others of the job wait for the slot', async () => {
    const { job, id } = await waiting();
    await platform.sql("update execution set hold = 'slot' where id = $1", [await another(job)]);
    expect(await platform.ledger.record([aRecord(await claimed(id))])).toEqual([{ executionId: id, status: 'success', hasWaiting: true, hasDependents: false }]);
  });

  it('is over when somebody asked to cancel it, also where the attempt failed by itself and could be retried', async () => {
    const { id } = await waiting();
    const claim = await claimed(id);
    expect(await platform.executions.requestCancel(id)).toBe('requested');
    await platform.ledger.record([failed(claim, { status: 'pending', retryDelayMs: 0 })]);
    expect(await platform.row(id)).toMatchObject({ status: 'cancelled', next_attempt_at: null });
    expect((await platform.row(id)).finished_at).not.toBeNull();
    expect(await attemptRows(id)).toMatchObject([{ attempt: 1, status: 'failed' }]);
  });

  it('is final when the job was switched off meanwhile: a disabled job starts no further attempt', async () => {
    const { job, id } = await waiting();
    const claim = await claimed(id);
    await platform.change(job.id, { isEnabled: false });
    await platform.ledger.record([failed(claim, { status: 'pending', retryDelayMs: 0 })]);
    expect(await platform.row(id)).toMatchObject({ status: 'failed', error: 'broken', next_attempt_at: null });
    expect(await tryClaim(id, 2)).toBeUndefined();
  });

  it('and switching the job off at the same moment leave nothing that could start', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { job, id } = await waiting();
      const claim = await claimed(id);
      await Promise.all([
        platform.ledger.record([failed(claim, { status: 'pending', retryDelayMs: 0 })]),
        platform.change(job.id, { isEnabled: false }),
      ]);
      expect((await platform.row(id)).status).toMatch(/failed|cancelled/);
    }
  });

  it('records many in one statement', async () => {
    const { job, id } = await waiting();
    const ids = [id];
    for (let more = 0; more < 9; more += 1) ids.push(await another(job));
    const claims = await platform.ledger.claim(WORKER, ids.map((executionId) => ({ executionId, attempt: 1 })));
    const recorded = await platform.ledger.record(claims.map((claim, index) => (index % 2 === 0 ? aRecord(claim) : failed(claim))));
    expect(recorded).toHaveLength(10);
    expect((await platform.rows(job.id)).filter(({ status }) => status === 'failed')).toHaveLength(5);
  });
});

/** Begins `write` while others change the execution, and commits their change when it waits for it. */
const during = async <Result>(id: ExecutionId, change: string, write: () => Promise<Result>): Promise<Result> => {
  const { pool } = platform.database;
  const others = await pool.connect();
  try {
    await others.query('begin');
    await others.query(`update execution set ${change} where id = $1`, [id]);
    const written = write();
    await eventually(async () => {
      const { rowCount } = await pool.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      return (rowCount ?? 0) > 0;
    });
    await others.query('commit');
    return await written;
  } finally {
    others.release();
  }
};

describe('a write that waits for a row', () => {
  const CANCEL = 'cancel_requested_at = now()';

  it('claims by what the row says then: cancelled meanwhile is not claimed, and holds up no other', async () => {
    const { job, id } = await waiting();
    const other = await another(job);
    const wanted = [id, other].map((executionId) => ({ executionId, attempt: 1 }));
    const claims = await during(id, CANCEL, async () => platform.ledger.claim(WORKER, wanted));
    expect(claims.map(({ executionId }) => executionId)).toEqual([other]);
  });

  it('records by what the row says then: a retry of what was cancelled meanwhile is its end', async () => {
    const { id } = await waiting();
    const claim = await claimed(id);
    const ends = await during(id, CANCEL, async () => platform.ledger.record([failed(claim, { status: 'pending', retryDelayMs: 1 })]));
    expect(ends).toMatchObject([{ executionId: id, status: 'cancelled' }]);
  });

  it('records nothing when the token moved on meanwhile', async () => {
    const { id } = await waiting();
    const claim = await claimed(id);
    expect(await during(id, 'token = token + 1', async () => platform.ledger.record([failed(claim)]))).toEqual([]);
  });
});

describe('a worker that was taken for dead', () => {
  it('writes nothing: no end, no lease, no output', async () => {
    const { id } = await waiting();
    const stale = await claimed(id);
    const fresh = await fenceOff(id);
    expect(fresh.token).toBeGreaterThan(stale.token);
    const before = await platform.row(id);
    expect(await platform.ledger.record([aRecord(stale)])).toEqual([]);
    expect(await platform.ledger.renew([{ executionId: id, token: stale.token, progress: 0.9 }])).toEqual([]);
    await platform.ledger.surrender([{ executionId: id, token: stale.token }]);
    await platform.ledger.appendLogs([{ executionId: id, token: stale.token, attempt: 1, seq: 1, ageMs: 0, stream: 'stdout', message: 'ghost' }]);
    expect(await platform.row(id)).toEqual(before);
    expect(await platform.executions.logs(id, 0, 10)).toEqual([]);
  });
});

describe('a heartbeat', () => {
  it('renews the leases, keeps progress and tells what is to be cancelled', async () => {
    const [one, other] = [await waiting(), await waiting()];
    const claims = [await claimed(one.id), await claimed(other.id)];
    await platform.sql('update execution set lease_until = now()');
    await platform.executions.requestCancel(other.id);
    const states = await platform.ledger.renew(claims.map(({ executionId, token }, index) => ({ executionId, token, progress: index === 0 ? 0.5 : null })));
    expect(states.map(({ executionId, isCancelRequested }) => [executionId, isCancelRequested]).sort()).toEqual(
      [[one.id, false], [other.id, true]].sort(),
    );
    const row = await platform.row(one.id);
    expect(row.progress).toBe(0.5);
    expect((row.lease_until?.getTime() ?? 0) - (await platform.now()).getTime()).toBeGreaterThan(LEASE_MS - 2_000);
  });

  it('misses what belongs to a deleted job', async () => {
    const { job, id } = await waiting();
    const { token } = await claimed(id);
    await platform.jobs.delete(job.id);
    expect(await platform.ledger.renew([{ executionId: id, token, progress: null }])).toEqual([]);
  });

  it('ends a lease at once when the attempt is surrendered', async () => {
    const { id } = await waiting();
    const { token } = await claimed(id);
    await platform.ledger.surrender([{ executionId: id, token }]);
    // A renewal that was on its way must not give the lease its time back.
    expect(await platform.ledger.renew([{ executionId: id, token, progress: null }])).toEqual([]);
    expect((await platform.row(id)).lease_until?.getTime()).toBeLessThanOrEqual((await platform.now()).getTime());
  });
});

describe('what could not be claimed', () => {
  it('still waits when it came early, and not when it runs, is another attempt, is held or is to be cancelled', async () => {
    const [early, running, held, unwanted] = [await waiting(), await waiting(), await waiting(), await waiting()];
    await claimed(running.id);
    await platform.sql(`update execution set next_attempt_at = now() + interval '1 hour' where id = $1`, [early.id]);
    await platform.sql(`update execution set hold = 'slot' where id = $1`, [held.id]);
    await platform.sql(`update execution set cancel_requested_at = now() where id = $1`, [unwanted.id]);
    const waits = async ({ id }: { id: ExecutionId }, attempt = 1): Promise<boolean> => platform.ledger.stillWaits({ executionId: id, attempt });
    expect(await waits(early)).toBe(true);
    expect(await Promise.all([waits(early, 2), waits(running), waits(held), waits(unwanted)])).toEqual([false, false, false, false]);
  });
});

describe('output', () => {
  it('is kept in order over attempts, and each attempt knows where the last one ended', async () => {
    const { id } = await waiting();
    const first = await claimed(id);
    const row = (claim: Claim, seq: number, message: string): Parameters<typeof platform.ledger.appendLogs>[0][number] => ({
      executionId: id, token: claim.token, attempt: claim.attempt, seq, ageMs: 0, stream: 'stdout', message,
    });
    const chunks = [row(first, 1, 'one\u0000'), row(first, 2, 'two')];
    await platform.ledger.appendLogs(chunks);
    await platform.ledger.appendLogs(chunks);
    await platform.ledger.record([failed(first, { status: 'pending', retryDelayMs: 0 })]);
    const second = await claimed(id, 2);
    expect(second.lastLogSeq).toBe(2);
    await platform.ledger.appendLogs([row(second, 3, 'three')]);
    expect((await platform.executions.logs(id, 0, 10)).map(({ seq, attempt, message }) => [seq, attempt, message])).toEqual([
      [1, 1, 'one\uFFFD'], [2, 1, 'two'], [3, 2, 'three'],
    ]);
    expect(await platform.executions.logs(id, 1, 1)).toMatchObject([{ seq: 2 }]);
  });

  describe('that comes late, when the next attempt is claimed,', () => {
    let late: pg.Client;
    beforeEach(async () => {
      late = new pg.Client(platform.url);
      await late.connect();
      await late.query('begin');
    });
    afterEach(() => late.end());

    const waitingBackends = async (): Promise<number> =>
      (await platform.sql<{ count: number }>(`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))[0]?.count ?? 0;
    const chunk = (claim: Claim, seq: number): Parameters<typeof platform.ledger.appendLogs>[0][number] => ({
      executionId: claim.executionId, token: claim.token, attempt: claim.attempt, seq, ageMs: 0, stream: 'stdout', message: 'x',
    });

    it('is waited for and numbered after', async () => {
      const { id } = await waiting();
      const first = await claimed(id);
      await platform.ledger.record([failed(first, { status: 'pending', retryDelayMs: 0 })]);
      await late.query(`insert into execution_log (execution_id, seq, attempt, at, stream, message) values ($1, 7, 1, now(), 'stdout', 'late')`, [id]);
      const second = claimed(id, 2);
      await eventually(async () => (await waitingBackends()) === 1);
      await late.query('commit');
      expect((await second).lastLogSeq).toBe(7);
    });

    it('is not stored when the claim was first, and takes no number from it', async () => {
      const { id } = await waiting();
      const first = await claimed(id);
      await platform.ledger.record([failed(first, { status: 'pending', retryDelayMs: 0 })]);
      await late.query('select id from execution where id = $1 for update', [id]);
      await late.query('update execution set token = token + 1 where id = $1', [id]);
      const stored = platform.ledger.appendLogs([chunk(first, 1)]);
      await eventually(async () => (await waitingBackends()) === 1);
      await late.query('commit');
      await stored;
      expect(await platform.executions.logs(id, 0, 10)).toEqual([]);
    });
  });

  it("is dated by the database's clock, however wrong this machine's is", async () => {
    const { id } = await waiting();
    const { token } = await claimed(id);
    const asked = await platform.now();
    await platform.ledger.appendLogs(
      [5_000, 0].map((ageMs, index) => ({ executionId: id, token, attempt: 1, seq: index + 1, ageMs, stream: 'stdout', message: 'x' })),
    );
    const answered = await platform.now();
    const [older, newer] = (await platform.executions.logs(id, 0, 10)).map(({ at }) => at.getTime());
    expect((newer ?? 0) - (older ?? 0)).toBe(5_000);
    expect(newer).toBeGreaterThanOrEqual(asked.getTime());
    expect(newer).toBeLessThanOrEqual(answered.getTime());
  });
});

describe('a request to cancel', () => {
  it('ends what waits at once, asks what runs, and finds nothing to do in what is over', async () => {
    const [one, other] = [await waiting(), await waiting()];
    expect(await platform.executions.requestCancel(one.id)).toBe('cancelled');
    expect(await platform.executions.requestCancel(one.id)).toBe('finished');
    await claimed(other.id);
    expect(await platform.executions.requestCancel(other.id)).toBe('requested');
    expect(await platform.executions.requestCancel(newId<ExecutionId>())).toBeNull();
  });
});
