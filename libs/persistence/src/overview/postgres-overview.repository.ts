import type { SkipReason } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import {
  KEY_EXPIRY_WARNING_DAYS,
  MISSED_REASONS,
  OverviewRepository,
  type Attention,
  type Overview,
} from '#application/overview/overview.repository.js';
import { OVERDUE_MS } from '#application/scheduling/scheduler-status.js';
import type { Database, Statement } from '../database.js';
import { ENDS, FAILURE_STREAK, IS_FAILING, IS_LATE, NEVER_RAN } from '../jobs/job-lists.js';
import { recentEnds } from './recent-ends.js';

const JOBS: Statement = {
  name: 'overview-jobs',
  text: `
    select count(*)::int as total,
           count(*) filter (where j.is_enabled and not j.is_paused)::int as enabled,
           count(*) filter (where not j.is_enabled)::int as disabled,
           count(*) filter (where j.is_enabled and j.is_paused)::int as paused,
           (select count(distinct job_id)::int from execution where status = 'running') as running,
           count(*) filter (where ${IS_FAILING})::int as failing,
           count(*) filter (where ${IS_LATE})::int as overdue
      from scheduled_job j`,
};

/** What waits can start from its record on, a further attempt from its own time on. */
const LIVE: Statement = {
  name: 'overview-live',
  text: `
    select count(*) filter (where e.status = 'running')::int as running,
           count(*) filter (where e.status <> 'running')::int as waiting,
           (extract(epoch from now() - min(greatest(e.created_at, e.next_attempt_at))
             filter (where e.status <> 'running' and greatest(e.created_at, e.next_attempt_at) <= now())) * 1000)::float8 as oldest_waiting_ms
      from execution e where e.status in ('pending', 'dispatched', 'running')`,
};

const FAILING: Statement = {
  name: 'attention-failing',
  text: `
    select f.*, streak.failure_streak as streak
      from (select j.id, j.name, last.id as execution_id, last.error, last.finished_at as at
              from scheduled_job j, lateral (
                select e.id, e.status, e.error, e.finished_at ${ENDS} limit 1) last
             where j.is_enabled and last.status <> 'success' order by last.finished_at desc, j.id limit $1) f
      cross join lateral (select f.id) j ${FAILURE_STREAK}
     order by f.at desc, f.id`,
};

/** Skips are looked at up to here; a job that skips every second must not make the page slow. */
const SKIPS_READ = 20_000;

const MISSED: Statement = {
  name: 'attention-missed',
  text: `
    select m.job_id, j.name, m.id as execution_id, m.scheduled_for, m.reason
      from (select distinct on (s.job_id) s.*
              from (select e.job_id, e.id, e.scheduled_for, e.sort_at, e.reason from execution e
                     where e.status = 'skipped' and e.sort_at >= now() - interval '24 hours'
                     order by e.sort_at desc, e.id desc limit ${String(SKIPS_READ)}) s
             where s.reason = any ($2::text[]) order by s.job_id, s.sort_at desc, s.id desc) m
      join scheduled_job j on j.id = m.job_id
     order by m.sort_at desc, m.id desc limit $1`,
};

/**
 * A job whose first time is still to come lacks nothing: there must be an occurrence in the ledger, or one that is overdue. What
 * fell into a pause was not meant to run, what became due a moment ago is about to, and what is held waits for others.
 */
const NEVER_RUN: Statement = {
  name: 'attention-never-run',
  text: `
    select j.id, j.name, j.created_at from scheduled_job j
     where j.is_enabled and not j.is_paused and ${NEVER_RAN}
       and (${IS_LATE} or exists (select 1 from execution e
             where e.job_id = j.id and e.reason is distinct from 'paused' and e.hold is null
               and e.scheduled_for < statement_timestamp() - ${String(OVERDUE_MS)} * interval '1 millisecond'))
     order by j.created_at, j.id limit $1`,
};

const OVERDUE: Statement = {
  name: 'attention-overdue',
  text: `
    select j.id, j.name, j.next_fire_at, (extract(epoch from clock_timestamp() - j.next_fire_at) * 1000)::float8 as late_ms
      from scheduled_job j where ${IS_LATE} order by j.next_fire_at, j.id limit $1`,
};

const EXPIRING_KEYS: Statement = {
  name: 'attention-expiring-keys',
  text: `
    select id, name, expires_at from api_key
     where revoked_at is null and expires_at > now() and expires_at < now() + $2 * interval '1 day'
     order by expires_at, id limit $1`,
};

interface FailingRow {
  id: JobId;
  name: string;
  streak: number;
  execution_id: ExecutionId;
  error: string | null;
  at: Date;
}

interface MissedRow {
  job_id: JobId;
  name: string;
  execution_id: ExecutionId;
  scheduled_for: Date;
  reason: SkipReason;
}

interface LiveRow {
  running: number;
  waiting: number;
  oldest_waiting_ms: number | null;
}

export class PostgresOverviewRepository extends OverviewRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async overview(): Promise<Overview> {
    const [ends, [jobs], [live]] = await Promise.all([
      recentEnds(this.database),
      this.database.query<Overview['jobs']>(JOBS),
      this.database.query<LiveRow>(LIVE),
    ]);
    if (jobs === undefined || live === undefined) throw new Error('An aggregate returned no row');
    return { ...ends, jobs, executions: { running: live.running, waiting: live.waiting, oldestWaitingMs: live.oldest_waiting_ms } };
  }

  async attention(limit: number): Promise<Attention> {
    const [failing, missed, neverRun, overdue, keys] = await Promise.all([
      this.database.query<FailingRow>(FAILING, [limit]),
      this.database.query<MissedRow>(MISSED, [limit, MISSED_REASONS]),
      this.database.query<{ id: JobId; name: string; created_at: Date }>(NEVER_RUN, [limit]),
      this.database.query<{ id: JobId; name: string; next_fire_at: Date; late_ms: number }>(OVERDUE, [limit]),
      this.database.query<{ id: string; name: string; expires_at: Date }>(EXPIRING_KEYS, [limit, KEY_EXPIRY_WARNING_DAYS]),
    ]);
    return {
      failing: failing.map(({ id, execution_id: executionId, ...rest }) => ({ jobId: id, executionId, ...rest })),
      missed: missed.map(({ job_id: jobId, execution_id: executionId, scheduled_for: scheduledFor, name, reason }) => ({
        jobId, name, executionId, scheduledFor, reason,
      })),
      neverRun: neverRun.map(({ id, name, created_at: createdAt }) => ({ jobId: id, name, createdAt })),
      overdue: overdue.map(({ id, name, next_fire_at: nextFireAt, late_ms: lateMs }) => ({ jobId: id, name, nextFireAt, lateMs })),
      expiringKeys: keys.map(({ id, name, expires_at: expiresAt }) => ({ id, name, expiresAt })),
    };
  }
}
