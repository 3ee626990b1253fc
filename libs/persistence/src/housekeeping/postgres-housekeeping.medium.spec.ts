import { CATALOGUE } from '#application/task-functions/catalogue.js';
import { newId, type UserId, type WorkerId } from '#domain/ids.js';
import { createTestDatabase, type TestDatabase } from '#testing/stores.js';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Database } from '../database.js';
import { PostgresUserRepository } from '../identity/postgres-user.repository.js';
import { PostgresAccountEmails } from './postgres-account-emails.js';
import { PostgresHousekeeping } from './postgres-housekeeping.js';

let created: TestDatabase;
let database: Database;
let housekeeping: PostgresHousekeeping;
let userId: UserId;

beforeAll(async () => {
  created = await createTestDatabase();
  database = new Database({ url: created.url, poolSize: 4, applicationName: 'housekeeping-tests' });
  housekeeping = new PostgresHousekeeping(database);
  userId = newId<UserId>();
  await new PostgresUserRepository(database).add({ id: userId, username: 'someone', email: null, role: 'Viewer', passwordHash: 'x' });
});
afterAll(async () => {
  await database.close();
  await created.drop();
});
beforeEach(async () => {
  await sql('truncate session, api_key, worker, scheduler_instance, execution cascade');
});

async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await database.pool.query(text, values)).rows as Row[];
}

async function ids(table: string): Promise<string[]> {
  return (await sql<{ id: string }>(`select id from ${table} order by id`)).map((row) => row.id);
}

async function aSession(override: { expires?: string; revoked?: string } = {}): Promise<string> {
  const id = newId<string>();
  await sql('insert into session (id, user_id, expires_at, revoked_at) values ($1, $2, now() + $3::interval, now() + $4::interval)', [
    id, userId, override.expires ?? '30 days', override.revoked ?? null,
  ]);
  return id;
}

async function aToken(sessionId: string, override: { expires?: string; used?: string } = {}): Promise<string> {
  const id = newId<string>();
  await sql(
    'insert into refresh_token (id, token_hash, session_id, expires_at, used_at) values ($1, $2, $3, now() + $4::interval, now() + $5::interval)',
    [id, randomBytes(32), sessionId, override.expires ?? '7 days', override.used ?? null],
  );
  return id;
}

async function aKey(override: { expires?: string; revoked?: string } = {}): Promise<string> {
  const id = newId<string>();
  await sql(
    `insert into api_key (id, name, prefix, last_four, key_hash, permissions, created_by, expires_at, revoked_at)
     values ($1, 'key', 'sk_live_', 'abcd', $2, '{TaskRead}', $3, now() + $4::interval, now() + $5::interval)`,
    [id, randomBytes(32), userId, override.expires ?? null, override.revoked ?? null],
  );
  return id;
}

describe('deleteExpiredCredentials', () => {
  test('deletes what ended longer ago than the retention and counts it', async () => {
    const live = await aSession();
    const liveToken = await aToken(live);
    await aToken(live, { expires: '-8 days' });
    const expired = await aSession({ expires: '-8 days' });
    await aToken(expired, { expires: '-8 days', used: '-9 days' });
    await aToken(expired);
    await aSession({ revoked: '-8 days' });
    const recent = await aSession({ expires: '-6 days' });
    const recentToken = await aToken(recent, { expires: '-6 days' });
    await aKey({ expires: '-8 days' });
    await aKey({ revoked: '-8 days' });
    const keys = [await aKey(), await aKey({ expires: '1 day' }), await aKey({ revoked: '-6 days' })];

    expect(await housekeeping.deleteExpiredCredentials(7)).toEqual({ refreshTokens: 3, sessions: 2, apiKeys: 2 });
    expect(await ids('session')).toEqual([live, recent].sort());
    expect(await ids('refresh_token')).toEqual([liveToken, recentToken].sort());
    expect(await ids('api_key')).toEqual(keys.sort());
    expect(await housekeeping.deleteExpiredCredentials(7)).toEqual({ refreshTokens: 0, sessions: 0, apiKeys: 0 });
  });

  test('keeps a used token while its session lives, so that its theft is still noticed', async () => {
    const token = await aToken(await aSession(), { expires: '-20 days', used: '-21 days' });
    expect((await housekeeping.deleteExpiredCredentials(7)).refreshTokens).toBe(0);
    expect(await ids('refresh_token')).toEqual([token]);
  });

  test('deletes a used token of a login that has ended, though the login itself is kept for now', async () => {
    const ended = await aSession({ revoked: '-1 day' });
    await aToken(ended, { expires: '-20 days', used: '-21 days' });
    expect(await housekeeping.deleteExpiredCredentials(7)).toEqual({ refreshTokens: 1, sessions: 0, apiKeys: 0 });
  });

  test('deletes all that is over when nothing is retained, and nothing else', async () => {
    await aSession({ revoked: '-1 second' });
    const live = await aSession();
    expect(await housekeeping.deleteExpiredCredentials(0)).toEqual({ refreshTokens: 0, sessions: 1, apiKeys: 0 });
    expect(await ids('session')).toEqual([live]);
  });

  test('goes on until more than one portion is deleted', async () => {
    const live = await aSession();
    await sql(
      `insert into refresh_token (id, token_hash, session_id, expires_at)
       select gen_random_uuid(), decode(md5(i::text), 'hex'), $1, now() - interval '9 days' from generate_series(1, 5001) i`,
      [live],
    );
    expect((await housekeeping.deleteExpiredCredentials(7)).refreshTokens).toBe(5_001);
  });

  test('does nothing once it is aborted', async () => {
    await aSession({ expires: '-8 days' });
    const reason = new Error('stop');
    await expect(housekeeping.deleteExpiredCredentials(7, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await ids('session')).toHaveLength(1);
  });
});

async function aWorker(status: string, silent: string): Promise<WorkerId> {
  const id = newId<WorkerId>();
  await sql(
    `insert into worker (id, name, hostname, ip_address, pid, version, queues, task_types, concurrency, slots_in_use, status, last_heartbeat_at)
     values ($1, 'w', 'h', '::1', 1, '1', '{}', '{}', 4, 2, $2, now() - $3::interval)`,
    [id, status, silent],
  );
  return id;
}

async function anInstance(silent: string): Promise<string> {
  const id = newId<string>();
  await sql("insert into scheduler_instance (id, hostname, pid, version, last_heartbeat_at) values ($1, 'h', 1, '1', now() - $2::interval)", [id, silent]);
  return id;
}

describe('closeSilentWorkers', () => {
  test('marks silent workers as down, once, and leaves the others', async () => {
    const silent = [await aWorker('alive', '3 minutes'), await aWorker('draining', '3 minutes'), await aWorker('clock_skew', '3 minutes')];
    const alive = await aWorker('alive', '1 minute');
    const stopped = await aWorker('stopped', '1 hour');
    expect(await housekeeping.closeSilentWorkers(2)).toEqual({ workers: 3, schedulerInstances: 0 });
    const rows = await sql<{ id: WorkerId; status: string; slots_in_use: number }>('select id, status, slots_in_use from worker');
    const state = new Map(rows.map((row) => [row.id, `${row.status} ${row.slots_in_use}`]));
    expect(silent.map((id) => state.get(id))).toEqual(['down 0', 'down 0', 'down 0']);
    expect(state.get(alive)).toBe('alive 2');
    expect(state.get(stopped)).toBe('stopped 2');
    expect(await housekeeping.closeSilentWorkers(2)).toEqual({ workers: 0, schedulerInstances: 0 });
  });

  test('removes silent scheduler instances but for the last leader', async () => {
    await anInstance('3 minutes');
    const present = await anInstance('10 seconds');
    const leader = await anInstance('3 minutes');
    await sql("update leader_lease set holder = $1 where name = 'scheduler'", [leader]);
    expect(await housekeeping.closeSilentWorkers(2)).toEqual({ workers: 0, schedulerInstances: 1 });
    expect(await ids('scheduler_instance')).toEqual([present, leader].sort());
  });

  test("leaves people's logins alone, however long they were not used", async () => {
    const login = await aSession();
    await sql("update session set last_used_at = now() - interval '20 days'");
    await housekeeping.closeSilentWorkers(2);
    expect(await sql('select id, revoked_at from session')).toEqual([{ id: login, revoked_at: null }]);
  });
});

async function anExecution(override: { status?: string; due?: string; held?: boolean; started?: boolean } = {}): Promise<string> {
  const id = newId<string>();
  const { status = 'pending', due = '25 hours', held = false, started = false } = override;
  await sql(
    `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                            timeout_ms, hold, started_at)
     select $1, j.id, now() - $2::interval, now() - $2::interval, 'manual', 1, $3, $4, 'default', 0, 1000, $5,
            case when $6 then now() - $2::interval end
       from scheduled_job j order by j.number limit 1`,
    [id, due, status, CATALOGUE[0]?.name, held ? 'slot' : null, started],
  );
  return id;
}

describe('closeStaleExecutions', () => {
  test('cancels what is pending and never started, and says why', async () => {
    const stale = await anExecution();
    expect(await housekeeping.closeStaleExecutions(24)).toBe(1);
    const [row] = await sql<Record<string, unknown>>('select * from execution where id = $1', [stale]);
    expect(row).toMatchObject({
      status: 'cancelled',
      error: 'cancelled: no worker started it within 24 h of its nominal time',
      finished_at: expect.any(Date) as Date,
      cancel_requested_at: expect.any(Date) as Date,
      started_at: null,
      reason: null,
    });
    expect(await housekeeping.closeStaleExecutions(24)).toBe(0);
  });

  test('leaves everything else as it is', async () => {
    await anExecution({ due: '23 hours' });
    await anExecution({ held: true });
    await anExecution({ started: true });
    for (const status of ['dispatched', 'running', 'success', 'failed', 'skipped']) await anExecution({ status });
    const before = await sql('select * from execution order by id');
    expect(await housekeeping.closeStaleExecutions(24)).toBe(0);
    expect(await sql('select * from execution order by id')).toEqual(before);
  });

  test('passes over what a worker is claiming at this moment', async () => {
    const id = await anExecution();
    const claimed = database.transaction(async (tx) => {
      await tx.query({ name: 'spec-claim', text: "update execution set status = 'running', started_at = now() where id = $1" }, [id]);
      return housekeeping.closeStaleExecutions(24);
    });
    expect(await claimed).toBe(0);
    expect(await sql('select status from execution')).toEqual([{ status: 'running' }]);
  });
});

describe('the e-mail of an account', () => {
  test('is changed, but not of administrators, unknown ids, or to what it is', async () => {
    const users = new PostgresUserRepository(database);
    const emails = new PostgresAccountEmails(database);
    const admin = newId<UserId>();
    await users.add({ id: admin, username: 'boss', email: 'boss@here', role: 'Admin', passwordHash: 'x' });
    expect(await emails.update(userId, 'new@here')).toBe(true);
    expect(await emails.update(userId, 'new@here')).toBe(false);
    expect(await emails.update(admin, 'new@here')).toBe(false);
    expect(await emails.update(newId<UserId>(), 'new@here')).toBe(false);
    expect((await users.findById(userId))?.email).toBe('new@here');
    expect((await users.findById(admin))?.email).toBe('boss@here');
  });
});
