/** Searches that run all the time look at the rows they are for, however many others there are. Read from what Postgres did. */
import { newId } from '#domain/ids.js';
import { everySeconds } from '#testing/factories.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Statement } from '../database.js';
import { LOCK_DUE_JOBS } from './plan-statements.js';
import { OLD_EXECUTIONS } from './postgres-maintenance-store.js';

const OTHERS = 500;
const LEADER = newId();

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

let platform: Platform;

beforeAll(async () => {
  platform = await openPlatform();
  await platform.sql(`update leader_lease set holder = $1, term = 1, expires_at = clock_timestamp() + interval '1 hour'`, [LEADER]);
  const job = await platform.job({ schedule: everySeconds(3_600) });
  const copy = `insert into scheduled_job select (json_populate_record(j, json_build_object('id', gen_random_uuid(), 'number', $1 + n,
                  'name', 'job ' || n, 'next_fire_at', now() + (n - 3) * interval '1 hour'))).* from scheduled_job j, generate_series(1, $2) n where j.id = $3`;
  await platform.sql(copy, [1_000_000, OTHERS, job.id]);
  await platform.sql(
    `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority, timeout_ms)
     select gen_random_uuid(), $1, at, at, 'scheduler', 1, 'success', 'shell', 'default', 0, 1000
       from (select now() - interval '30 days 3 hours' + n * interval '1 hour' as at from generate_series(1, $2::int) n) t`,
    [job.id, OTHERS],
  );
  await platform.sql('analyze scheduled_job, execution');
});
afterAll(() => platform.close());

/** Rows of that table that the statement read, those that it threw away included. */
async function rowsRead({ text }: Statement, table: string, values: readonly string[]): Promise<number> {
  const literal = values.reduce((sql, value, index) => sql.replaceAll(`$${String(index + 1)}`, value), text);
  const [explained] = await platform.sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (analyze, format json) ${literal}`);
  const count = (node: PlanNode): number => {
    const own = node['Relation Name'] === table ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'] : 0;
    return (node.Plans ?? []).reduce((sum, child) => sum + count(child), own);
  };
  const plan = explained?.['QUERY PLAN'][0].Plan;
  if (plan === undefined) throw new Error('no plan');
  return count(plan);
}

it('of due jobs', async () => {
  expect(await rowsRead(LOCK_DUE_JOBS, 'scheduled_job', ['500'])).toBe(3);
});

it('of executions that are older than they are kept', async () => {
  expect(await rowsRead(OLD_EXECUTIONS, 'execution', [`'${LEADER}'`, '1', '30', '5000'])).toBe(3);
});
