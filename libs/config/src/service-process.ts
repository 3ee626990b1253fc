/** How a process of ours begins and ends, the same for all of them. */
import {
  EnvironmentError,
  readEnvironment,
  readMigrationEnvironment,
  type Environment,
  type MigrationEnvironment,
  type RawEnvironment,
} from './environment.js';

/** Exit code for a configuration that cannot work (`EX_CONFIG` of sysexits). */
const EXIT_CONFIGURATION = 78;

/** Validates the environment; what is wrong goes to standard error, and the process ends with exit code 78. */
export function environmentOrExit(env: RawEnvironment): Environment {
  return readOrExit(() => readEnvironment(env));
}

/** The same for the migration, which needs less. */
export function migrationEnvironmentOrExit(env: RawEnvironment): MigrationEnvironment {
  return readOrExit(() => readMigrationEnvironment(env));
}

function readOrExit<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIGURATION);
  }
}

/** SQLSTATEs for a table or a column that is not there. */
const MISSING_IN_SCHEMA = new Set<unknown>(['42P01', '42703']);
const NOT_MIGRATED = 'the database has not the tables of this release; run npm run migrate';

export interface EndOptions {
  /** Drains and closes everything. */
  readonly close: () => Promise<void>;
  /** Told why the process ends: a signal, or `disconnect` when its launcher is gone. */
  readonly onEnding: (cause: string) => void;
  readonly onFailed: (error: unknown) => void;
}

/** On SIGTERM, Ctrl-C or the end of the launcher: closes once, then ends the process, with exit code 1 if closing failed. */
export function endInOrder({ close, onEnding, onFailed }: EndOptions): void {
  let isEnding = false;
  const end = (cause: string): void => {
    if (isEnding) return;
    isEnding = true;
    onEnding(cause);
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        onFailed(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', () => {
    end('disconnect');
  });
}

/** Runs a process's main function; what it throws goes to standard error and ends the process with exit code 1. */
export function runMain(what: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const text = isUnmigrated(error) ? NOT_MIGRATED : error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${what} failed: ${text}\n`);
    process.exit(1);
  });
}

/** What the driver says, or what was made of it. */
function isUnmigrated(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && MISSING_IN_SCHEMA.has(cause.code)) return true;
  }
  return false;
}
