/**
 * The worker's writes, each one statement for many attempts (measured: 50–100 rows a statement carry ten times the
 * executions of one statement an execution, at the same durability). Rows are locked in the order of their ids, so that two
 * batches that meet cannot block each other for ever.
 *
 * Each row is looked up by its key, because its status is tested by a `case`, from which no partial index follows; a renewal locks
 * its rows one by one besides. With a plain condition, the plan that is kept from when little was alive reads the index of all that
 * is alive once a batch: with 10,000 waiting, 5 ms for 40 claims instead of 1.
 */
import type { ExecutionId, JobId, WorkerId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import {
  ExecutionLedger,
  LEASE_MS,
  type AttemptRecord,
  type Claim,
  type LeaseState,
  type LogRow,
  type RecordedEnd,
} from '#application/running/execution-ledger.js';
import type { Database, Statement } from '../database.js';
import { retryOf, type RetryColumns } from '../jobs/job-row.js';
import { columns, storable, toJsonb } from '../rows.js';

/** No `hold` and the status are the state machine's `claim`; the due check guards against a worker with a wrong clock. */
const CLAIM: Statement = {
  name: 'ledger-claim',
  text: `
    with claimed as (
      update execution e set
             status = 'running', attempt = e.attempt + 1, token = e.token + 1, worker_id = $1,
             lease_until = clock_timestamp() + $4 * interval '1 millisecond',
             sort_at = coalesce(e.started_at, clock_timestamp()),
             started_at = coalesce(e.started_at, clock_timestamp()), attempt_started_at = clock_timestamp(),
             error = null, result = null, exit_code = null, progress = null
        from (select * from unnest($2::uuid[], $3::int[]) as u(id, attempt) order by u.id) w
       where e.id = w.id and e.attempt = w.attempt - 1
         and case e.status when 'pending' then true when 'dispatched' then true else false end
         and e.hold is null and e.cancel_requested_at is null
         and (e.next_attempt_at is null or e.next_attempt_at <= clock_timestamp() + interval '5 milliseconds')
      returning e.id, e.job_id, e.attempt, e.token, e.lost_count, e.task_function, e.scheduled_for, e.args, e.timeout_ms,
                e.queue, e.priority, e.attempt_started_at, e.next_attempt_at
    )
    select c.id, c.job_id, c.attempt, c.token, c.lost_count, c.task_function, c.scheduled_for, c.args, c.timeout_ms, c.queue,
           c.priority, j.retry_count, j.retry_delay_ms, j.retry_backoff, j.retry_factor, j.retry_max_delay_ms, j.retry_jitter,
           extract(epoch from c.attempt_started_at - coalesce(c.next_attempt_at, c.scheduled_for)) * 1000 as lateness_ms,
           case when c.attempt > 1
                then (select coalesce(max(l.seq), 0) from execution_log l where l.execution_id = c.id) else 0 end as last_seq
      from claimed c join scheduled_job j on j.id = c.job_id`,
};

/**
 * A further attempt numbers its output after that of the one before it, some of which may be on its way: a worker sends again what a
 * database that was away refused. Such writes hold their execution's key; with this lock, sent before the claim, the claim
 * waits for those that are under way and sees what they wrote, and those that come later find another token. The whole batch is
 * locked, in the order in which it is locked everywhere.
 */
const LOCK_FOR_ANOTHER_ATTEMPT: Statement = {
  name: 'ledger-lock-for-another-attempt',
  text: `select id from execution where id = any($1::uuid[]) order by id for update`,
};

/**
 * Where an execution goes. A further attempt comes about only where it is still wanted: a request to cancel ends it, and so
 * does a job that was switched off, because after that was acknowledged nothing of it starts.
 */
const STATUS_AFTER = `
  case when r.status <> 'pending' then r.status
       when e.cancel_requested_at is not null then 'cancelled'
       when (select jobs.is_enabled from jobs where jobs.id = e.job_id) then 'pending'
       else r.attempt_status end`;

/**
 * The jobs of attempts that ask for another one ($12) are locked for that, before any execution, so that a change of such a
 * job on its way is waited for; ends without a retry lock no job. An attempt ends at one instant (`at`), from which the next one's
 * delay counts.
 */
const RECORD: Statement = {
  name: 'ledger-record',
  text: `
    with jobs as materialized (
      select id, is_enabled from scheduled_job where id = any($12::uuid[]) order by id for share
    ), recorded as (
      update execution e set
             status = ${STATUS_AFTER}, result = r.result, error = r.error, duration_ms = r.duration_ms,
             exit_code = r.exit_code, peak_memory_bytes = r.peak, average_memory_bytes = r.average, lease_until = null,
             finished_at = case when ${STATUS_AFTER} = 'pending' then null else r.at end,
             next_attempt_at = case when ${STATUS_AFTER} = 'pending'
               then r.at + r.retry_delay_ms * interval '1 millisecond' end,
             enqueued_at = case when ${STATUS_AFTER} = 'pending' then null else e.enqueued_at end
        from (select *, clock_timestamp() as at
                from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::int[], $6::jsonb[], $7::text[], $8::int[],
                            $9::int[], $10::bigint[], $11::bigint[])
                     as u(id, token, status, attempt_status, retry_delay_ms, result, error, duration_ms, exit_code, peak, average)
               where (select count(*) from jobs) >= 0
               order by u.id) r
       where e.id = r.id and e.token = r.token and case e.status when 'running' then true else false end
      returning e.id, e.job_id, e.attempt, e.token, e.worker_id, e.attempt_started_at, e.status, r.attempt_status,
                e.duration_ms, e.error, e.result, e.exit_code, r.at
    ), kept as (
      insert into execution_attempt (execution_id, attempt, token, status, worker_id, started_at, finished_at, duration_ms,
                                     error, result, exit_code)
      select c.id, c.attempt, c.token, c.attempt_status, c.worker_id, c.attempt_started_at, c.at,
             c.duration_ms, c.error, c.result, c.exit_code
        from recorded c where c.attempt > 1 or c.attempt_status <> 'success'
      on conflict do nothing
    )
    select c.id, c.status,
           exists (select 1 from execution h where h.job_id = c.job_id and h.hold = 'slot' and h.status = 'pending') as has_waiting,
           exists (select 1 from job_dependency d where d.depends_on_id = c.job_id) as has_dependents
      from recorded c`,
};

const RENEW: Statement = {
  name: 'ledger-renew',
  text: `
    with mine as (
      select e.id, r.progress
        from (select * from unnest($1::uuid[], $2::int[], $3::real[]) as u(id, token, progress) order by u.id) r, lateral (
          select e.id from execution e
           where e.id = r.id and e.token = r.token and case e.status when 'running' then true else false end
             for update) e
    )
    update execution e set lease_until = clock_timestamp() + $4 * interval '1 millisecond',
           progress = coalesce(mine.progress, e.progress)
      from mine where e.id = mine.id
    returning e.id, e.token, e.cancel_requested_at is not null as is_cancelled`,
};

const SURRENDER: Statement = {
  name: 'ledger-surrender',
  text: `
    with mine as (
      select e.id from execution e join unnest($1::uuid[], $2::int[]) as s(id, token) on s.id = e.id and s.token = e.token
       where e.status = 'running' order by e.id for update of e)
    update execution e set lease_until = clock_timestamp(), token = e.token + 1 from mine where e.id = mine.id`,
};

const STILL_WAITS: Statement = {
  name: 'ledger-still-waits',
  text: `
    select exists (select 1 from execution where id = $1 and attempt = $2::int - 1 and status = 'pending' and hold is null
                      and cancel_requested_at is null) as waits`,
};

const APPEND_LOGS: Statement = {
  name: 'ledger-append-logs',
  text: `
    with mine as materialized (
      select e.id
        from (select distinct * from unnest($1::uuid[], $2::int[]) as u(id, token) order by u.id) r, lateral (
          select e.id from execution e where e.id = r.id and e.token = r.token for key share) e
    )
    insert into execution_log (execution_id, seq, attempt, at, stream, message)
    select l.execution_id, l.seq, l.attempt, statement_timestamp() - l.age_ms * interval '1 millisecond', l.stream, l.message
      from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::float8[], $6::text[], $7::text[])
           as l(execution_id, token, attempt, seq, age_ms, stream, message)
      join mine on mine.id = l.execution_id
    on conflict do nothing`,
};

interface ClaimRow extends RetryColumns {
  id: ExecutionId;
  job_id: JobId;
  attempt: number;
  token: number;
  lost_count: number;
  task_function: string;
  scheduled_for: Date;
  args: JsonObject | null;
  timeout_ms: number;
  queue: string;
  priority: number;
  lateness_ms: string;
  last_seq: number;
}

interface RecordedRow {
  id: ExecutionId;
  status: AttemptRecord['status'];
  has_waiting: boolean;
  has_dependents: boolean;
}

export class PostgresExecutionLedger extends ExecutionLedger {
  constructor(private readonly database: Database) {
    super();
  }

  async claim(
    workerId: WorkerId,
    wanted: readonly { readonly executionId: ExecutionId; readonly attempt: number }[],
  ): Promise<Claim[]> {
    const values = [workerId, ...columns(wanted, (one) => one.executionId, (one) => one.attempt), LEASE_MS];
    if (wanted.every(({ attempt }) => attempt === 1)) return (await this.database.query<ClaimRow>(CLAIM, values)).map(toClaim);
    return this.database.transaction(async (tx) => {
      await tx.query(LOCK_FOR_ANOTHER_ATTEMPT, [wanted.map(({ executionId }) => executionId)]);
      return (await tx.query<ClaimRow>(CLAIM, values)).map(toClaim);
    });
  }

  async record(records: readonly AttemptRecord[]): Promise<RecordedEnd[]> {
    const rows = await this.database.query<RecordedRow>(
      RECORD,
      [...columns(
        records,
        (record) => record.claim.executionId,
        (record) => record.claim.token,
        (record) => record.status,
        (record) => record.attemptStatus,
        (record) => record.retryDelayMs,
        (record) => toJsonb(record.result),
        (record) => (record.error === null ? null : storable(record.error)),
        (record) => Math.round(record.durationMs),
        (record) => record.usage?.exitCode ?? null,
        (record) => rounded(record.usage?.peakMemoryBytes),
        (record) => rounded(record.usage?.averageMemoryBytes),
      ), retriedJobs(records)],
    );
    return rows.map((row) => ({
      executionId: row.id,
      status: row.status,
      hasWaiting: row.has_waiting,
      hasDependents: row.has_dependents,
    }));
  }

  async renew(
    running: readonly { readonly executionId: ExecutionId; readonly token: number; readonly progress: number | null }[],
  ): Promise<LeaseState[]> {
    const rows = await this.database.query<{ id: ExecutionId; token: number; is_cancelled: boolean }>(RENEW, [
      ...columns(running, (one) => one.executionId, (one) => one.token, (one) => one.progress),
      LEASE_MS,
    ]);
    return rows.map((row) => ({ executionId: row.id, token: row.token, isCancelRequested: row.is_cancelled }));
  }

  async stillWaits({ executionId, attempt }: { readonly executionId: ExecutionId; readonly attempt: number }): Promise<boolean> {
    const [row] = await this.database.query<{ waits: boolean }>(STILL_WAITS, [executionId, attempt]);
    return row?.waits ?? false;
  }

  async surrender(claims: readonly { readonly executionId: ExecutionId; readonly token: number }[]): Promise<void> {
    await this.database.query(SURRENDER, columns(claims, (one) => one.executionId, (one) => one.token));
  }

  async appendLogs(rows: readonly LogRow[]): Promise<void> {
    await this.database.query(
      APPEND_LOGS,
      columns(
        rows,
        (row) => row.executionId,
        (row) => row.token,
        (row) => row.attempt,
        (row) => row.seq,
        (row) => row.ageMs,
        (row) => row.stream,
        (row) => storable(row.message),
      ),
    );
  }
}

function toClaim(row: ClaimRow): Claim {
  return {
    executionId: row.id,
    jobId: row.job_id,
    attempt: row.attempt,
    countedAttempt: row.attempt - row.lost_count,
    token: row.token,
    taskFunction: row.task_function,
    scheduledFor: row.scheduled_for,
    args: row.args ?? {},
    timeoutMs: row.timeout_ms,
    retry: retryOf(row),
    queue: row.queue,
    priority: row.priority,
    lastLogSeq: row.last_seq,
    startLatenessMs: Number(row.lateness_ms),
  };
}

/** Jobs of which an attempt asks for another one. */
function retriedJobs(records: readonly AttemptRecord[]): JobId[] {
  return [...new Set(records.filter(({ status }) => status === 'pending').map(({ claim }) => claim.jobId))];
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value);
}
