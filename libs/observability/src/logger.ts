/**
 * Structured logs: an event name first, the rest as fields. One line per state change; levels: error = someone must act,
 * warn = degraded, info = state change, debug = decisions.
 */
import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import { prettyLine } from './pretty-line.js';
import { redacted } from './redaction.js';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type LogFields = Readonly<Record<string, unknown>>;

/** What code logs to. Never throws. Secrets in fields are masked by their names, passwords in URLs by their form. */
export abstract class Logger {
  /** @param event dotted name such as `execution.finished`; no values in it */
  abstract error(event: string, fields?: LogFields): void;
  abstract warn(event: string, fields?: LogFields): void;
  abstract info(event: string, fields?: LogFields): void;
  abstract debug(event: string, fields?: LogFields): void;
  /** The same log with fields that every line gets. */
  abstract with(fields: LogFields): Logger;
}

export interface LoggerOptions {
  /** Process that writes: `api`, `worker` … */
  readonly service: string;
  readonly level: LogLevel;
  /** `json`: one object a line. `pretty`: for people. */
  readonly format: 'json' | 'pretty';
  /** Takes each line with its line break. @default standard output, flushed when the process exits */
  readonly write?: (line: string) => void;
}

export function createLogger(options: LoggerOptions): Logger {
  const destination = options.write === undefined ? standardOutput() : { write: options.write };
  const format = options.format === 'pretty' ? prettyDestination(destination) : destination;
  const log = pino(
    {
      level: options.level,
      messageKey: 'event',
      base: { service: options.service, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    format,
  );
  return new PinoLogger(log);
}

/** A logger that drops everything, for tests and tools. */
export function silentLogger(): Logger {
  return createLogger({ service: 'silent', level: 'error', format: 'json', write: () => undefined });
}

class PinoLogger extends Logger {
  constructor(private readonly log: Pino) {
    super();
  }

  error(event: string, fields: LogFields = {}): void {
    this.log.error(redacted(fields), event);
  }

  warn(event: string, fields: LogFields = {}): void {
    if (this.log.isLevelEnabled('warn')) this.log.warn(redacted(fields), event);
  }

  info(event: string, fields: LogFields = {}): void {
    if (this.log.isLevelEnabled('info')) this.log.info(redacted(fields), event);
  }

  debug(event: string, fields: LogFields = {}): void {
    if (this.log.isLevelEnabled('debug')) this.log.debug(redacted(fields), event);
  }

  with(fields: LogFields): Logger {
    return new PinoLogger(this.log.child(redacted(fields)));
  }
}

/** Lines are written in the background, in order; whatever is left goes out synchronously when the process ends. */
function standardOutput(): DestinationStream {
  const destination = pino.destination({ dest: 1, sync: false });
  // A reader that went away (a closed terminal, a dead launcher) must not take the process with it.
  destination.on('error', () => undefined);
  process.once('exit', () => {
    try {
      destination.flushSync();
    } catch {
      // not open yet, or nobody reads any more
    }
  });
  return destination;
}

function prettyDestination(target: DestinationStream): DestinationStream {
  return { write: (line) => void target.write(prettyLine(line)) };
}
