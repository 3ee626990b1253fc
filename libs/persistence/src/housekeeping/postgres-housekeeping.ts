/**
 * Cleaning by hand-written statements. Each takes a portion of the rows, skips what somebody else has locked and is
 * repeated until a portion is not full, so that none comes near the deadline of a statement or holds locks for long.
 */
import { Housekeeping, type ClosedAgents, type DeletedCredentials } from '#application/housekeeping/housekeeping.js';
import { TRANSITIONS } from '#domain/execution/state-machine.js';
import type { Database, Statement } from '../database.js';

/** Rows that one statement takes. */
const PORTION = 5_000;

const DAYS_AGO = "clock_timestamp() - $1::float8 * interval '1 day'";

/** Sessions that ended, with their tokens: those are deleted by name because what a cascade deletes is not counted. */
const DELETE_SESSIONS: Statement = {
  name: 'housekeeping-sessions',
  text: `
    with old as (
      select id from session
       where expires_at < ${DAYS_AGO} or revoked_at < ${DAYS_AGO}
       limit $2 for update skip locked
    ), tokens as (
      delete from refresh_token t using old where t.session_id = old.id returning 1
    ), gone as (
      delete from session s using old where s.id = old.id returning 1)
    select (select count(*) from gone)::int as count, (select count(*) from tokens)::int as tokens`,
};

/** A used token is how theft is recognised; it stays until its session ends (`decideRotation`). */
const DELETE_REFRESH_TOKENS: Statement = {
  name: 'housekeeping-refresh-tokens',
  text: `
    with old as (
      select t.id from refresh_token t join session s on s.id = t.session_id
       where t.expires_at < ${DAYS_AGO}
         and (t.used_at is null or s.revoked_at is not null or s.expires_at <= clock_timestamp())
       limit $2 for update of t skip locked
    ), gone as (
      delete from refresh_token t using old where t.id = old.id returning 1)
    select count(*)::int as count from gone`,
};

const DELETE_API_KEYS: Statement = {
  name: 'housekeeping-api-keys',
  text: `
    with old as (
      select id from api_key
       where expires_at < ${DAYS_AGO} or revoked_at < ${DAYS_AGO}
       limit $2 for update skip locked
    ), gone as (
      delete from api_key k using old where k.id = old.id returning 1)
    select count(*)::int as count from gone`,
};

const CLOSE_WORKERS: Statement = {
  name: 'housekeeping-workers',
  text: `
    with down as (
      update worker set status = 'down', slots_in_use = 0
       where status in ('alive', 'draining', 'clock_skew')
         and last_heartbeat_at < clock_timestamp() - $1::float8 * interval '1 minute'
      returning 1)
    select count(*)::int as count from down`,
};

/** A machine that wakes from sleep finds all heartbeats old; the last leader at least must not be forgotten then. */
const REMOVE_INSTANCES: Statement = {
  name: 'housekeeping-instances',
  text: `
    with gone as (
      delete from scheduler_instance
       where last_heartbeat_at < clock_timestamp() - $1::float8 * interval '1 minute'
         and not exists (select 1 from leader_lease where holder = scheduler_instance.id)
      returning 1)
    select count(*)::int as count from gone`,
};

const { cancelWaiting } = TRANSITIONS;
/** Of the statuses that may be cancelled before a start, the one that means that nobody has taken it. */
const WAITING: (typeof cancelWaiting.from)[number] = 'pending';

const CANCEL_STALE: Statement = {
  name: 'housekeeping-stale-executions',
  text: `
    with stale as (
      select id from execution
       where status = '${WAITING}' and hold is null and started_at is null
         and scheduled_for < statement_timestamp() - $1::float8 * interval '1 hour'
       order by scheduled_for limit $2 for update skip locked
    ), closed as (
      update execution e set
             status = '${cancelWaiting.to}', finished_at = clock_timestamp(), next_attempt_at = null,
             cancel_requested_at = coalesce(e.cancel_requested_at, clock_timestamp()),
             error = format('cancelled: no worker started it within %s h of its nominal time', $1::float8)
        from stale where e.id = stale.id and e.status = '${WAITING}'
      returning 1)
    select count(*)::int as count from closed`,
};

interface Portion {
  readonly count: number;
  readonly tokens?: number;
}

export class PostgresHousekeeping extends Housekeeping {
  constructor(private readonly database: Database) {
    super();
  }

  async deleteExpiredCredentials(retentionDays: number, signal?: AbortSignal): Promise<DeletedCredentials> {
    const sessions = await this.inPortions(DELETE_SESSIONS, retentionDays, signal);
    const refreshTokens = await this.inPortions(DELETE_REFRESH_TOKENS, retentionDays, signal);
    const apiKeys = await this.inPortions(DELETE_API_KEYS, retentionDays, signal);
    return {
      refreshTokens: sessions.tokens + refreshTokens.count,
      sessions: sessions.count,
      apiKeys: apiKeys.count,
    };
  }

  async closeSilentWorkers(timeoutMinutes: number): Promise<ClosedAgents> {
    const [workers] = await this.database.query<Portion>(CLOSE_WORKERS, [timeoutMinutes]);
    const [instances] = await this.database.query<Portion>(REMOVE_INSTANCES, [timeoutMinutes]);
    return { workers: workers?.count ?? 0, schedulerInstances: instances?.count ?? 0 };
  }

  async closeStaleExecutions(staleAfterHours: number, signal?: AbortSignal): Promise<number> {
    return (await this.inPortions(CANCEL_STALE, staleAfterHours, signal)).count;
  }

  private async inPortions(
    statement: Statement,
    age: number,
    signal: AbortSignal | undefined,
  ): Promise<{ count: number; tokens: number }> {
    const total = { count: 0, tokens: 0 };
    for (;;) {
      signal?.throwIfAborted();
      const [portion] = await this.database.query<Portion>(statement, [age, PORTION]);
      total.count += portion?.count ?? 0;
      total.tokens += portion?.tokens ?? 0;
      if ((portion?.count ?? 0) < PORTION) return total;
    }
  }
}
