import {
  FAILURES_FORGOTTEN_MS,
  FIRST_BACKOFF_MS,
  FREE_LOGIN_FAILURES,
  LONGEST_BACKOFF_MS,
  LoginFailures,
  type FailureCount,
} from '#application/identity/login-failures.js';
import { createHash } from 'node:crypto';
import type { Queryable, Statement } from '../database.js';

/** By the database's clock, shared by all instances. Rows nobody added to for the forgetting time are deleted on the way. */
export class PostgresLoginFailures extends LoginFailures {
  constructor(private readonly database: Queryable) {
    super();
  }

  async blockedMs(username: string): Promise<number> {
    const [row] = await this.database.query<{ blocked_ms: number }>(BLOCKED, [hashOf(username)]);
    return row?.blocked_ms ?? 0;
  }

  async count(username: string): Promise<FailureCount> {
    const policy = [FREE_LOGIN_FAILURES, FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS, FAILURES_FORGOTTEN_MS];
    const [row] = await this.database.query<CountRow>(COUNT, [hashOf(username), ...policy]);
    return { failures: row?.failures ?? 1, blockedMs: row?.blocked_ms ?? 0 };
  }

  async forget(username: string): Promise<number> {
    const [row] = await this.database.query<{ blocked_ms: number }>(FORGET, [hashOf(username)]);
    return row?.blocked_ms ?? 0;
  }
}

interface CountRow {
  readonly failures: number;
  readonly blocked_ms: number;
}

function hashOf(username: string): Buffer {
  return createHash('sha256').update(username.toLowerCase()).digest();
}

/** What is left of a refusal at the moment the row is looked at, milliseconds. */
const REST = 'greatest(extract(epoch from blocked_until - clock_timestamp())::float8 * 1000, 0)';

const BLOCKED: Statement = {
  name: 'login-failure-blocked',
  text: `select ${REST} as blocked_ms from login_failure where name_hash = $1`,
};

const FORGOTTEN = `clock_timestamp() - $5::float8 * interval '1 millisecond'`;

/**
 * One row lock puts parallel failures in an order, which is not the order in which their statements began: times are taken
 * from the clock under the lock, and a name that is not refused has a time long past rather than the present one.
 * A few names that are long forgotten go on the way.
 */
const COUNT: Statement = {
  name: 'login-failure-count',
  text: `
    with stale as (
      delete from login_failure where name_hash in (
        select name_hash from login_failure where last_failed_at < ${FORGOTTEN} and name_hash <> $1
         order by last_failed_at limit 100 for update skip locked)
    )
    insert into login_failure as f (name_hash, failures, last_failed_at, blocked_until) values ($1, 1, clock_timestamp(), 'epoch')
    on conflict (name_hash) do update set
           failures = case when f.last_failed_at < ${FORGOTTEN} then 1 else f.failures + 1 end,
           last_failed_at = clock_timestamp(),
           blocked_until = case
             when f.blocked_until > clock_timestamp() then f.blocked_until
             when f.last_failed_at < ${FORGOTTEN} or f.failures + 1 <= $2::int then 'epoch'
             else clock_timestamp() + least($4::float8, $3::float8 * power(2, least(f.failures - $2::int, 30))) * interval '1 millisecond'
           end
    returning failures, ${REST} as blocked_ms`,
};

const FORGET: Statement = {
  name: 'login-failure-forget',
  text: `
    with gone as (delete from login_failure where name_hash = $1 and blocked_until <= now())
    select ${REST} as blocked_ms from login_failure where name_hash = $1 and blocked_until > now()`,
};
