/** Document 002, "System Monitoring". */
import { WorkerRegistry } from '#application/workers/worker-registry.js';
import { newId, type WorkerId } from '#domain/ids.js';
import { createTestDatabase } from '#testing/stores.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type ApiUnderTest, type Send } from '../../../../test/api-under-test.js';
import { runCurlScript } from '#testing/curl-script.js';
import { DocumentedAnswers } from '../../../../test/documented-answers.js';

let api: ApiUnderTest;
let viewer: Send & { readonly token: string };

beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  viewer = await api.loginAs('viewer');
  const about = { hostname: 'h', ipAddress: '::1', pid: 1, version: '1', queues: [], taskTypes: [], concurrency: 1, isolation: null };
  const ids = [newId<WorkerId>(), newId<WorkerId>()];
  for (const id of ids) await api.app.get(WorkerRegistry).register({ ...about, id, name: id });
  await api.database.pool.query(`update worker set last_heartbeat_at = now() - interval '31 s' where id = $1`, [ids[0]]);
  await api.database.pool.query(`update scheduled_job set is_enabled = false where name like 'Token%'`);
  await api.database.pool.query(
    `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                            timeout_ms, finished_at)
     select gen_random_uuid(), j.id, now(), now(), 'manual', 1, s.status, 'shell', 'default', 0, 1000,
            case when s.status not in ('running', 'pending') then now() end
       from (select id from scheduled_job limit 1) j,
            (values ('success'), ('success'), ('failed'), ('timeout'), ('running'), ('pending')) as s(status)`,
  );
});
afterAll(() => api.close());

const HEALTH = {
  success: true,
  data: {
    status: 'healthy',
    database_status: 'connected',
    message_queue_status: 'connected',
    uptime_seconds: expect.any(Number) as number,
    timestamp: expect.stringMatching(/Z$/) as string,
  },
};

const STATS = {
  success: true,
  data: {
    total_tasks: 4,
    active_tasks: 3,
    total_workers: 2,
    active_workers: 1,
    running_task_runs: 1,
    completed_task_runs_today: 2,
    failed_task_runs_today: 2,
  },
};

const METRICS = `# HELP scheduler_tasks_total Total number of tasks
# TYPE scheduler_tasks_total counter
scheduler_tasks_total{status="active"} 3
scheduler_tasks_total{status="inactive"} 1

# HELP scheduler_task_runs_total Total number of task runs
# TYPE scheduler_task_runs_total counter
scheduler_task_runs_total{status="completed"} 2
scheduler_task_runs_total{status="failed"} 2

# HELP scheduler_workers_total Total number of workers
# TYPE scheduler_workers_total gauge
scheduler_workers_total{status="alive"} 1
scheduler_workers_total{status="down"} 1
`;

describe('the system', () => {
  test.each([
    ['GET /api/system/health', HEALTH],
    ['GET /api/system/stats', STATS],
  ])('answers %s as documented', async (line, expected) => {
    const answer = await viewer(line);
    expect([answer.status, answer.body]).toEqual([200, expected]);
    const documented = await DocumentedAnswers.of(api.request, 'distributed');
    expect(documented.problems(line, answer)).toEqual([]);
    expect(await api.request(line)).toMatchObject({ status: 401, body: { error: { code: 'AUTHENTICATION_REQUIRED' } } });
  });

  test('shows the documented metrics word for word, and our own behind them', async () => {
    const { body } = await api.request('GET /metrics');
    expect(String(body).startsWith(METRICS)).toBe(true);
    expect(body).toMatch(/^takt_workers_alive\{service="api"\} 1$/m);
    const names = [...String(body).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('the script "System Monitoring" runs as printed', async () => {
    const answers = await runCurlScript(api.url, viewer.token, `
# Check system health
curl -X GET http://localhost:8080/api/system/health \\
  -H "Authorization: Bearer YOUR_TOKEN"

# Get system statistics
curl -X GET http://localhost:8080/api/system/stats \\
  -H "Authorization: Bearer YOUR_TOKEN"

# Get Prometheus metrics
curl -X GET http://localhost:8080/metrics
`);
    expect(answers).toEqual([HEALTH, STATS, expect.stringContaining(METRICS)]);
  });
});
