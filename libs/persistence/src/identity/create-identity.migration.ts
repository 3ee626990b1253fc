import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Users, login sessions with their refresh tokens, API keys and the audit log. New tables only: no lock on anything that
 * exists, runs in milliseconds. Rolling back drops them with all accounts, keys and audit entries.
 */
export class CreateIdentity1763600000000 implements MigrationInterface {
  readonly name = 'CreateIdentity1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [USER_ACCOUNT, SESSION, REFRESH_TOKEN, API_KEY, AUDIT_LOG, AUDIT_LOG_APPEND_ONLY]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audit_log, api_key, refresh_token, session, user_account');
    await runner.query('drop function audit_log_refuse_change()');
  }
}

const USER_ACCOUNT = `
  create table user_account (
    id uuid constraint user_account_pkey primary key,
    username varchar(100) not null constraint user_account_username_check check (username = lower(username)),
    email varchar(255),
    role varchar(20) not null constraint user_account_role_check check (role in ('Admin', 'Operator', 'Viewer')),
    password_hash text not null,
    password_changed_at timestamptz not null default now(),
    disabled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_login_at timestamptz
  );
  create unique index user_account_username_key on user_account (username);
`;

const SESSION = `
  create table session (
    id uuid constraint session_pkey primary key,
    user_id uuid not null constraint session_user_fkey references user_account (id) on delete cascade,
    created_at timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_reason varchar(40),
    ip varchar(64),
    user_agent varchar(400)
  );
  create index session_user_idx on session (user_id);
  create index session_expiry_idx on session (expires_at);
`;

const REFRESH_TOKEN = `
  create table refresh_token (
    id uuid constraint refresh_token_pkey primary key,
    token_hash bytea not null,
    session_id uuid not null constraint refresh_token_session_fkey references session (id) on delete cascade,
    issued_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    replaced_by uuid
  );
  create unique index refresh_token_hash_key on refresh_token (token_hash);
  create index refresh_token_session_idx on refresh_token (session_id);
`;

const API_KEY = `
  create table api_key (
    id uuid constraint api_key_pkey primary key,
    name varchar(255) not null,
    prefix varchar(20) not null,
    last_four varchar(4) not null,
    key_hash bytea not null,
    permissions text[] not null,
    created_by uuid not null constraint api_key_creator_fkey references user_account (id),
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
  );
  create unique index api_key_hash_key on api_key (key_hash);
  create index api_key_creator_idx on api_key (created_by);
  create index api_key_list_idx on api_key (created_at, id);
`;

const AUDIT_LOG = `
  create table audit_log (
    id bigint generated always as identity constraint audit_log_pkey primary key,
    at timestamptz not null default clock_timestamp(),
    actor_type varchar(20) not null,
    actor_id varchar(100),
    actor_name varchar(255),
    action varchar(100) not null,
    target_type varchar(50),
    target_id varchar(100),
    ip varchar(64),
    details jsonb not null default '{}'
  );
  create index audit_log_at_idx on audit_log (at, id);
  create index audit_log_target_idx on audit_log (target_type, target_id, id);
`;

const AUDIT_LOG_APPEND_ONLY = `
  create function audit_log_refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'audit_log is append-only' using errcode = 'insufficient_privilege';
  end $$;
  create trigger audit_log_append_only before update or delete or truncate on audit_log
    for each statement execute function audit_log_refuse_change();
`;
