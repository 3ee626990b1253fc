import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#domain/json.js';
import { DuplicateTaskFunction } from '../executor-registry.js';
import { aRunContext } from '../testing/a-run-context.js';
import { waitUntil } from '../testing/wait-until.js';
import { FunctionExecutor, type FunctionExecutorOptions } from './function.executor.js';
import { FunctionRegistry } from './function-registry.js';
import { defineTaskFunction, PermanentFailure, type TaskFunctionDefinition } from './task-function.js';

interface Services {
  readonly greeting: string;
}

type Definition = TaskFunctionDefinition<{ name: string; times: number }, Services>;

const SCHEMA = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1 }, times: { type: 'integer', minimum: 1, default: 2 }, at: { type: 'string', format: 'date' } },
  additionalProperties: false,
};

const aFunction = (overrides: Partial<Definition> = {}): ReturnType<typeof defineTaskFunction<{ name: string; times: number }, Services>> =>
  defineTaskFunction<{ name: string; times: number }, Services>({
    name: 'greet',
    displayName: 'Greet',
    description: 'Says hello.',
    queue: 'default',
    defaultTimeoutMs: 1_000,
    argumentSchema: SCHEMA,
    handler: ({ args, services }) => `${services.greeting} ${args.name}`.repeat(args.times),
    ...overrides,
  });

const anExecutor = (overrides: Partial<Definition> = {}, options: FunctionExecutorOptions = {}): FunctionExecutor<Services> =>
  new FunctionExecutor(new FunctionRegistry([aFunction(overrides)]), { greeting: 'hello' }, options);

const aGreeting = (args: Record<string, JsonValue> = { name: 'ann' }): ReturnType<typeof aRunContext> =>
  aRunContext({ taskFunction: 'greet', args, timeoutMs: 777 });

const never = async (): Promise<never> => new Promise(() => undefined);

describe('FunctionExecutor', () => {
  it('runs a handler with valid arguments, defaults and services', async () => {
    const executor = anExecutor();
    expect(executor.taskFunctions).toEqual(['greet']);
    expect(await executor.run(aGreeting())).toEqual({ kind: 'succeeded', result: 'hello annhello ann' });
  });

  it('gives the handler log, progress, fire key and attempt', async () => {
    const progress: [number, string?][] = [];
    const handler: Definition['handler'] = (context) => {
      context.log.info('one');
      context.log.warn('two\0');
      context.progress(0.5, 'half');
      context.progress(7);
      return [context.fireKey, context.attempt];
    };
    const given = { ...aGreeting(), attempt: 3, progress: (...args: [number, string?]) => void progress.push(args) };
    expect(await anExecutor({ handler }).run(given)).toEqual({ kind: 'succeeded', result: [given.fireKey, 3] });
    expect(given.log.chunks).toEqual([{ stream: 'stdout', text: 'one\n' }, { stream: 'stderr', text: 'two\uFFFD\n' }]);
    expect(progress).toEqual([[0.5, 'half'], [1]]);
  });

  it.each([
    [{}, "arguments: must have required property 'name'"],
    [{ name: 5 }, 'name: must be string'],
    [{ name: 'a', times: 0 }, 'times: must be >= 1'],
    [{ name: 'a', at: 'soon' }, 'at: must match format "date"'],
    [{ name: 'a', extra: 1 }, 'arguments: must NOT have additional properties (extra)'],
  ])('refuses %j for good', async (args, message) => {
    expect(await anExecutor().run(aGreeting(args as Record<string, JsonValue>))).toEqual({ kind: 'failed', error: `invalid parameters: ${message}`, retryable: false });
  });

  it('does not change the arguments it was given', async () => {
    const context = aGreeting();
    await anExecutor({ handler: ({ args }) => (args.name = 'bob') }).run(context);
    expect(context.args).toEqual({ name: 'ann' });
  });

  it('fails with the message of what a handler throws', async () => {
    const throwing = (error: unknown): FunctionExecutor<Services> =>
      anExecutor({ handler: async () => Promise.reject(error instanceof Error ? error : new Error(String(error))) });
    expect(await throwing(new Error('disk full')).run(aGreeting())).toEqual({ kind: 'failed', error: 'disk full', retryable: true });
    expect(await throwing(new PermanentFailure('no such table')).run(aGreeting())).toEqual({ kind: 'failed', error: 'no such table', retryable: false });
  });

  it('refuses results that are no JSON or too large', async () => {
    const returning = async (value: unknown, options = {}): Promise<unknown> => anExecutor({ handler: () => value as JsonValue }, options).run(aGreeting());
    expect(await returning(undefined)).toEqual({ kind: 'succeeded', result: null });
    expect(await returning(10n)).toMatchObject({ kind: 'failed', retryable: false, error: expect.stringContaining('not JSON') as unknown });
    expect(await returning('x'.repeat(100), { maxResultBytes: 50 })).toEqual({ kind: 'failed', error: 'the result has 102 bytes, more than 50', retryable: false });
  });

  it('ends as timed out when a handler obeys its signal, whatever it returns', async () => {
    const context = aGreeting();
    const handler: Definition['handler'] = async ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve('gave up');
        });
        context.stop('timeout');
      });
    expect(await anExecutor({ handler }).run(context)).toEqual({ kind: 'timed-out', error: 'timed out after 777 ms' });
  });

  it('leaves a handler behind that does not settle within the grace, and drops what it says later', async () => {
    const context = aGreeting();
    let speak: () => void = () => undefined;
    const handler: Definition['handler'] = async ({ log, progress }) => {
      speak = () => {
        log.info('late');
        progress(1);
      };
      return never();
    };
    const ended = anExecutor({ handler }, { graceMs: 30 }).run(context);
    context.stop('cancelled', 'cancelled by alice');
    expect(await ended).toEqual({ kind: 'cancelled', error: 'cancelled by alice' });
    speak();
    expect(context.log.chunks).toEqual([]);
  });

  it('stops what runs when it is closed', async () => {
    const executor = anExecutor({ handler: never }, { graceMs: 10 });
    const ended = executor.run(aGreeting());
    await executor.close();
    expect(await ended).toEqual({ kind: 'cancelled', error: 'this worker is shutting down' });
  });

  it('does not call a handler for an attempt that is already stopped', async () => {
    let calls = 0;
    const context = aGreeting();
    context.stop('cancelled');
    await anExecutor({ handler: () => (calls += 1) }).run(context);
    await waitUntil(() => true);
    expect(calls).toBe(0);
  });
});

describe('FunctionRegistry', () => {
  it('refuses two functions of one name', () => {
    expect(() => new FunctionRegistry([aFunction(), aFunction()])).toThrow(DuplicateTaskFunction);
  });

  it('names the function whose schema is invalid', () => {
    expect(() => new FunctionRegistry([aFunction({ argumentSchema: { type: 'objekt' } })])).toThrow(/"greet": invalid argument schema/);
  });

  it('finds by name', () => {
    const registry = new FunctionRegistry([aFunction()]);
    expect(registry.find('greet')?.displayName).toBe('Greet');
    expect(registry.find('other')).toBeNull();
    expect(registry.check('other', {})).toEqual({ ok: false, message: 'unknown task function "other"' });
  });
});

describe('defineTaskFunction', () => {
  it.each(['', 'a b', '-x', 'x'.repeat(101)])('refuses the name %j', (name) => {
    expect(() => aFunction({ name })).toThrow(TypeError);
  });

  it.each([0, -1, 1.5, NaN])('refuses the timeout %d', (defaultTimeoutMs) => {
    expect(() => aFunction({ defaultTimeoutMs })).toThrow(TypeError);
  });
});
