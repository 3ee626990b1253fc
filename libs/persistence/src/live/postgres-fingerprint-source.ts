import { createHash } from 'node:crypto';
import { FingerprintSource } from '#application/live/fingerprint-source.js';
import { idsIn, type Fingerprint, type Topic } from '#application/live/topics.js';
import { WORKER_DOWN_MS } from '#application/workers/worker-registry.js';
import type { Database, Statement } from '../database.js';

/** An instance that was silent for this long is not shown as alive, milliseconds. */
const INSTANCE_ALIVE_MS = 20_000;

/** What can change of an execution while it lives. */
const OF_RUN = `id, attempt, status, cancel_requested_at, progress`;

/**
 * One row for each part of the platform, and for each job and execution that somebody watches. Of the ledger it reads the
 * ends of indexes (newest row, newest start, newest end) and the rows that workers hold, however many millions there are. A
 * transition that commits late, behind a newer one of its kind, shows in the rows that workers hold.
 */
const FINGERPRINT: Statement = {
  name: 'live-fingerprint',
  text: `
    select 'jobs' as topic,
           concat_ws(' ', count(*), sum((extract(epoch from updated_at) * 1000000)::bigint)) as state
      from scheduled_job
     union all
    select 'executions',
           concat_ws(' ', (select max(number) from execution), (select max(sort_at) from execution),
                     (select max(finished_at) from execution where finished_at is not null and status <> 'skipped'),
                     count(*), md5(string_agg(concat_ws(' ', ${OF_RUN}), ',' order by id)))
      from execution where status in ('dispatched', 'running')
     union all
    select 'workers', string_agg(concat_ws(' ', id, status, is_alive, case when is_alive then slots_in_use end), ',' order by id)
      from (select id, status, slots_in_use, last_heartbeat_at >= clock_timestamp() - $1 * interval '1 millisecond' as is_alive
              from worker) w
     union all
    select 'served', string_agg(concat_ws(' ', id, queues), ',' order by id)
      from worker
     where status in ('alive', 'clock_skew') and last_heartbeat_at >= clock_timestamp() - $1 * interval '1 millisecond'
     union all
    select 'scheduler',
           concat_ws(' ', string_agg(id::text, ',' order by id),
                     (select concat_ws(' ', holder, term, expires_at > clock_timestamp()) from leader_lease where name = 'scheduler'))
      from scheduler_instance where last_heartbeat_at > clock_timestamp() - $2 * interval '1 millisecond'
     union all
    select 'execution:' || w.id, concat_ws(' ', e.id, e.attempt, e.status, e.cancel_requested_at, e.progress, e.token, e.hold, e.next_attempt_at)
      from unnest($3::uuid[]) as w(id) left join execution e on e.id = w.id
     union all
    select 'job:' || w.id, concat_ws(' ', j.updated_at, j.next_fire_at, newest.number, newest.status, live.runs, ended.at)
      from unnest($4::uuid[]) as w(id)
      left join scheduled_job j on j.id = w.id
      left join lateral (
        select number, status from execution where job_id = w.id order by sort_at desc, id desc limit 1) newest on true
      left join lateral (
        select md5(string_agg(concat_ws(' ', ${OF_RUN}), ',' order by id)) as runs from execution
         where job_id = w.id and status in ('pending', 'dispatched', 'running')) live on true
      left join lateral (
        select max(finished_at) as at from execution
         where job_id = w.id and finished_at is not null and status <> 'skipped') ended on true`,
};

interface StateRow {
  topic: Topic | 'served';
  state: string | null;
}

export class PostgresFingerprintSource extends FingerprintSource {
  constructor(private readonly database: Database) {
    super();
  }

  async take(topics: ReadonlySet<Topic>): Promise<Fingerprint> {
    const values = [WORKER_DOWN_MS, INSTANCE_ALIVE_MS, idsIn(topics, 'execution'), idsIn(topics, 'job')];
    const rows = await this.database.query<StateRow>(FINGERPRINT, values);
    const states = new Map(rows.map(({ topic, state }) => [topic, state ?? '']));
    const print = (...parts: StateRow['topic'][]): string => digest(parts.map((part) => states.get(part) ?? '').join('\n'));
    const own = [...states.keys()].filter((topic) => topic !== 'served');
    return new Map<Topic, string>([
      ...own.map((topic) => [topic, print(topic)] as const),
      // Of a job lists show the last run, the next one and whether it runs: each changes with an execution.
      ['jobs', print('jobs', 'executions')],
      ['queues', print('executions', 'served')],
      ['overview', print('jobs', 'executions', 'workers', 'scheduler')],
    ]);
  }
}

function digest(state: string): string {
  return createHash('sha256').update(state).digest('base64url').slice(0, 10);
}
