import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CATALOGUE } from '#application/task-functions/catalogue.js';
import { newId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import { createTestingGround, type TestingGround } from './testing-ground.conformance.js';

let ground: TestingGround;
beforeAll(async () => {
  ground = await createTestingGround();
});
afterAll(() => ground.drop());

const query = (text: string, values: unknown[] = []): Promise<unknown> => ground.database.pool.query(text, values);

async function resultOf(taskFunction: string, args: JsonObject = {}): Promise<unknown> {
  const outcome = await ground.run(taskFunction, args);
  if (outcome.kind !== 'succeeded') throw new Error(`${outcome.kind}: ${outcome.error}`);
  return outcome.result;
}

describe('the task functions of the worker', () => {
  test('comprise the six of the catalogue', () => {
    expect(ground.names).toEqual(expect.arrayContaining(CATALOGUE.slice(0, 6).map(({ name }) => name)));
  });

  test('cleanup_expired_tokens deletes what ended more than seven days ago', async () => {
    const [user] = [newId<string>()];
    await query("insert into user_account (id, username, role, password_hash) values ($1, 'someone', 'Viewer', 'x')", [user]);
    for (const days of [6, 8]) {
      await query("insert into session (id, user_id, expires_at) values ($1, $2, now() - $3 * interval '1 day')", [newId<string>(), user, days]);
    }
    const counts = { refresh_tokens_deleted: 0, sessions_deleted: 1, api_keys_deleted: 0 };
    expect(await resultOf('cleanup_expired_tokens')).toEqual({ ...counts, retention_days: 7 });
    expect(await resultOf('cleanup_expired_tokens', { retention_days: 5 })).toEqual({ ...counts, retention_days: 5 });
  });

  test('cleanup_stale_desktop_sessions closes agents that are silent for two minutes', async () => {
    await query(
      `insert into worker (id, name, hostname, ip_address, pid, version, queues, task_types, concurrency, status, last_heartbeat_at)
       values ($1, 'w', 'h', '::1', 1, '1', '{}', '{}', 1, 'alive', now() - interval '3 minutes')`,
      [newId<string>()],
    );
    expect(await resultOf('cleanup_stale_desktop_sessions')).toEqual({ workers_closed: 1, scheduler_instances_removed: 0, timeout_minutes: 2 });
  });

  test('cleanup_stale_deployment_jobs cancels what waits for more than a day', async () => {
    await query(
      `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority, timeout_ms)
       select $1, id, now() - interval '25 hours', now(), 'manual', 1, 'pending', 'shell', 'default', 0, 1000 from scheduled_job limit 1`,
      [newId<string>()],
    );
    expect(await resultOf('cleanup_stale_deployment_jobs', { stale_after_hours: 26 })).toEqual({ executions_closed: 0, stale_after_hours: 26 });
    expect(await resultOf('cleanup_stale_deployment_jobs')).toEqual({ executions_closed: 1, stale_after_hours: 24 });
  });

  test('refuse arguments that their schema does not allow', async () => {
    expect(await ground.run('cleanup_stale_desktop_sessions', { timeout_minutes: 0 })).toMatchObject({ kind: 'failed', retryable: false });
    expect(await ground.run('cleanup_expired_tokens', { retention_days: '7' })).toMatchObject({ kind: 'failed', retryable: false });
  });
});
