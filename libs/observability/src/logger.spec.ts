import { describe, expect, it } from 'vitest';
import { createLogger, type LoggerOptions } from './logger.js';
import { NestLogger } from './nest-logger.js';

function captured(options: Partial<LoggerOptions> = {}): { logger: ReturnType<typeof createLogger>; lines: string[]; last: () => Record<string, unknown> } {
  const lines: string[] = [];
  const logger = createLogger({ service: 'api', level: 'info', format: 'json', write: (line) => lines.push(line), ...options });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('a log line', () => {
  it('has level, time, service, event and fields', () => {
    const { logger, last } = captured();
    logger.info('execution.finished', { executionId: 'e1', durationMs: 12 });
    expect(last()).toMatchObject({ level: 'info', service: 'api', event: 'execution.finished', executionId: 'e1', durationMs: 12 });
    expect(last()['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('is left out below the level', () => {
    const { logger, lines } = captured({ level: 'warn' });
    logger.info('a');
    logger.debug('b');
    logger.warn('c');
    expect(lines).toHaveLength(1);
  });

  it('carries the fields of its logger', () => {
    const { logger, last } = captured();
    logger.with({ jobId: 'j1', password: 'x' }).error('job.broken', { attempt: 2 });
    expect(last()).toMatchObject({ jobId: 'j1', attempt: 2, password: '[redacted]' });
  });

  it('shows errors with code and cause', () => {
    const { logger, last } = captured();
    const cause = Object.assign(new Error('connect to postgresql://takt:hunter2@db/takt failed'), { code: 'ECONNREFUSED' });
    logger.error('store.failed', { error: new Error('no store', { cause }) });
    expect(last()['error']).toMatchObject({ type: 'Error', message: 'no store', cause: { code: 'ECONNREFUSED' } });
    expect(JSON.stringify(last())).not.toContain('hunter2');
  });
});

describe('secrets', () => {
  it.each(['password', 'jwtSecret', 'api_key', 'X-API-Key', 'Authorization', 'cookie', 'accessToken', 'refresh_token', 'credentials'])(
    'are masked in the field %s, at any depth',
    (name) => {
      const { logger, lines } = captured();
      logger.info('login', { [name]: 'hunter2', nested: { list: [{ [name]: { inner: 'hunter2' } }] } });
      expect(lines.join()).not.toContain('hunter2');
    },
  );

  it('are masked in URLs; numbers and harmless names stay', () => {
    const { logger, last } = captured();
    logger.info('connect', { url: 'redis://user:hunter2@cache:6379/0', token: 7, tokens: 'many', url2: 'http://host/a:b@c' });
    expect(last()).toMatchObject({ url: 'redis://user:[redacted]@cache:6379/0', token: 7, tokens: 'many', url2: 'http://host/a:b@c' });
  });

  it('do not break on values that JSON does not know', () => {
    const { logger, last } = captured();
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    logger.info('odd', { loop, big: 1n, bytes: Buffer.from('abc'), map: new Map([['a', 1]]), nothing: undefined });
    expect(last()).toMatchObject({ big: '1', bytes: '[3 bytes]', map: [['a', 1]] });
  });
});

describe('the pretty format', () => {
  it('puts time, level, event and fields in one line', () => {
    const { logger, lines } = captured({ format: 'pretty' });
    logger.info('execution.finished', { status: 'success', note: 'two words', durationMs: 3 });
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} info {2}execution\.finished status=success note="two words" durationMs=3\n$/);
  });

  it('leaves the stack of a warning out', () => {
    const { logger, lines } = captured({ format: 'pretty' });
    logger.warn('queue.error', { error: new Error('connection lost') });
    expect(lines[0]).toMatch(/ warn {2}queue\.error error="connection lost"\n$/);
  });

  it('prints stacks below the line of an error', () => {
    const { logger, lines } = captured({ format: 'pretty' });
    logger.error('broken', { error: new Error('outer', { cause: new Error('inner') }) });
    expect(lines[0]).toMatch(/^\S+ error broken error="outer"\nError: outer\n {4}at [^]*Caused by: Error: inner\n {4}at /);
  });
});

describe("Nest's messages", () => {
  it('carry their context; the chatty ones are debug', () => {
    const { logger, lines, last } = captured({ level: 'debug' });
    const nest = new NestLogger(logger);
    nest.log('Mapped {/jobs, GET}', 'RouterExplorer');
    expect(last()).toMatchObject({ level: 'debug', message: 'Mapped {/jobs, GET}', context: 'RouterExplorer' });
    nest.error(new Error('boom'), 'ExceptionHandler');
    expect(last()).toMatchObject({ level: 'error', event: 'nest.error', error: { message: 'boom' }, context: 'ExceptionHandler' });
    nest.error('failed', 'Error: failed\n    at somewhere', 'Context');
    expect(last()).toMatchObject({ message: 'failed', stack: 'Error: failed\n    at somewhere', context: 'Context' });
    expect(lines).toHaveLength(3);
  });
});
