import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counters of requests and of wrong passwords. New tables only. Both are unlogged: they are written often, are worth
 * minutes at most, and start empty after a crash of the server. Room is left in the pages so that counting stays on them.
 */
export class CreateRateLimit1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RATE_LIMIT);
    await runner.query('create index rate_limit_reset_idx on rate_limit (reset_at)');
    await runner.query(LOGIN_FAILURE);
    await runner.query('create index login_failure_last_idx on login_failure (last_failed_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table login_failure');
    await runner.query('drop table rate_limit');
  }
}

const RATE_LIMIT = `
  create unlogged table rate_limit (
    key varchar(200) not null,
    count integer not null,
    reset_at timestamptz not null,
    constraint rate_limit_pkey primary key (key)
  ) with (fillfactor = 50)`;

const LOGIN_FAILURE = `
  create unlogged table login_failure (
    name_hash bytea not null,
    failures integer not null,
    last_failed_at timestamptz not null,
    blocked_until timestamptz not null,
    constraint login_failure_pkey primary key (name_hash)
  )`;
