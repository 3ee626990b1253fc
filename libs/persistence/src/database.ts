/**
 * The one way to Postgres for everything that is written by hand: named (prepared) statements on a pool, transactions,
 * deadlines. TypeORM has the entities, the migrations and the seldom-used repositories; the hot path does without it.
 *
 * Deadlines: a connection is waited for 5 s at most, a statement runs 10 s at most on the server and its answer is waited
 * for 12 s at most here, so that neither a slow query nor a half-open connection can hold a caller for ever. What is due to
 * the store (and not to the statement) is thrown as `DATABASE_UNAVAILABLE`, which dialects show as 503.
 */
import { DomainError } from '#domain/errors.js';
import pg from 'pg';
import { TYPE_READERS } from './timestamps.js';

/**
 * A prepared statement: `name` must be unique in the process because Postgres caches the plan under it. One without a name is
 * planned anew each time, for the values that it has then.
 */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

/** What statements are sent to: the pool, or the one connection of a transaction. */
export abstract class Queryable {
  /** Sends a prepared statement and returns its rows. @throws DomainError `DATABASE_UNAVAILABLE` */
  abstract query<Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections kept at most. */
  readonly poolSize: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Longest time a statement may run, milliseconds. @default 10000 */
  readonly statementTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 10_000;
const ANSWER_MARGIN_MS = 2_000;
const IDLE_CONNECTION_MS = 60_000;

/**
 * Every statement of ours is meant to go through an index. The plan of a prepared statement is kept from its sixth use on, and
 * the one that is best while a table is nearly empty (read all of it) is what the server would go on with when there are ten
 * thousand rows: measured, 4 ms to record a batch of 40 instead of 1.7. Where there is no index the table is read all the same.
 */
const PLAN_SETTINGS = '-c enable_seqscan=off -c enable_mergejoin=off';

/** Instants are written in UTC, whatever the server's own zone is, which `readTimestamp` is made for. */
const ZONE_SETTING = '-c TimeZone=UTC';

/**
 * Statements lock rows in the order of their ids, so that they cannot block each other for ever. Where one slips through,
 * Postgres undoes it as a whole and it is simply sent again; a batch of claims or records is worth more than that.
 */
const DEADLOCK_DETECTED = '40P01';
const TRIES_AFTER_DEADLOCK = 3;

export class Database extends Queryable {
  readonly pool: pg.Pool;

  constructor(options: DatabaseOptions) {
    super();
    const statementTimeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize,
      application_name: options.applicationName,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_CONNECTION_MS,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + ANSWER_MARGIN_MS,
      idle_in_transaction_session_timeout: statementTimeoutMs + ANSWER_MARGIN_MS,
      keepAlive: true,
      options: `${PLAN_SETTINGS} ${ZONE_SETTING}`,
      types: TYPE_READERS,
    });
    // A connection was cut. Idle ones the pool has removed already; one in use fails its query, which is how callers hear of
    // it. Without a listener either would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => {
      client.on('error', () => undefined);
    });
  }

  async query<Row>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    return translated(async () => {
      for (let tries = 1; ; tries += 1) {
        try {
          const result = await this.pool.query({ ...statement, values: [...values] });
          return result.rows as Row[];
        } catch (error) {
          if (sqlState(error) !== DEADLOCK_DETECTED || tries >= TRIES_AFTER_DEADLOCK) throw error;
        }
      }
    });
  }

  /**
   * Runs `work` in one READ COMMITTED transaction on one connection and commits when it returns. Any throw rolls back.
   * A statement that must see what a lock waited for has to be a statement of its own after the locking one.
   */
  async transaction<Result>(work: (tx: Queryable) => Promise<Result>): Promise<Result> {
    return translated(async () => {
      const client = await this.pool.connect();
      // A connection that is cut also says so in an event; without a listener that would end the process.
      client.on('error', ignoreEvent);
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const result = await work(new ClientQueryable(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((failure: unknown) => {
          broken = failure instanceof Error ? failure : new Error(String(failure));
        });
        throw error;
      } finally {
        client.removeListener('error', ignoreEvent);
        client.release(broken);
      }
    });
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** The statement that was under way, or the next one, fails with the same error. */
function ignoreEvent(): void {
  return undefined;
}

class ClientQueryable extends Queryable {
  constructor(private readonly client: pg.PoolClient) {
    super();
  }

  async query<Row>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.client.query({ ...statement, values: [...values] });
    return result.rows as Row[];
  }
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isStoreFailure(error)
      ? new DomainError('DATABASE_UNAVAILABLE', 'The database did not answer in time', [], { cause: error })
      : error;
  }
}

/**
 * SQLSTATE classes that mean "the server or the way to it", not "this statement": connection, login, database name,
 * resources, operator, system.
 */
const STORE_FAILURE_CLASSES = new Set(['08', '28', '3D', '53', '57', '58']);

const CONNECTION_FAILURES = /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|timeout|terminated|Connection (ended|lost)|not queryable/i;

/** Tells a failure of the store from a failure of the statement. */
export function isStoreFailure(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === 'DATABASE_UNAVAILABLE';
  if (error instanceof AggregateError) return error.errors.some(isStoreFailure);
  if (!(error instanceof Error)) return false;
  const code = sqlState(error);
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) return STORE_FAILURE_CLASSES.has(code.slice(0, 2));
  return CONNECTION_FAILURES.test(`${code ?? ''} ${error.message}`);
}

/** SQLSTATE of an error that Postgres raised, e.g. `23505` for a unique violation; undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
