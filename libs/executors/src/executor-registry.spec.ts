import { describe, expect, it } from 'vitest';
import { Executor, type RunContext } from '#application/running/executor.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import { DuplicateTaskFunction, ExecutorRegistry } from './executor-registry.js';
import { aRunContext } from './testing/a-run-context.js';

class FakeExecutor extends Executor {
  closed = false;

  constructor(
    readonly taskFunctions: readonly string[],
    private readonly answer: (context: RunContext) => Promise<AttemptOutcome> = async () => Promise.resolve({ kind: 'succeeded', result: taskFunctions[0] ?? null }),
  ) {
    super();
  }

  async run(context: RunContext): Promise<AttemptOutcome> {
    return this.answer(context);
  }

  async close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

describe('ExecutorRegistry', () => {
  it('gives an attempt to the executor that knows its task function', async () => {
    const registry = new ExecutorRegistry([new FakeExecutor(['a', 'b']), new FakeExecutor(['c'])]);
    expect(registry.taskFunctions).toEqual(['a', 'b', 'c']);
    expect(await registry.run(aRunContext({ taskFunction: 'c' }))).toEqual({ kind: 'succeeded', result: 'c' });
  });

  it('fails an unknown task function for good', async () => {
    const outcome = await new ExecutorRegistry([]).run(aRunContext({ taskFunction: 'x' }));
    expect(outcome).toEqual({ kind: 'failed', error: 'unknown task function "x" on this worker, and no other live worker has it', retryable: false });
  });

  it('refuses two executors of one task function', () => {
    expect(() => new ExecutorRegistry([new FakeExecutor(['a']), new FakeExecutor(['a'])])).toThrow(DuplicateTaskFunction);
  });

  it('turns a defect of an executor into a failed attempt', async () => {
    const broken = new FakeExecutor(['a'], async () => Promise.reject(new Error('oops')));
    expect(await new ExecutorRegistry([broken]).run(aRunContext({ taskFunction: 'a' }))).toEqual({ kind: 'failed', error: 'the executor failed: oops' });
  });

  it('starts nothing that is already stopped', async () => {
    const context = aRunContext({ taskFunction: 'a' });
    context.stop('shutdown', 'going down');
    expect(await new ExecutorRegistry([new FakeExecutor(['a'])]).run(context)).toEqual({ kind: 'cancelled', error: 'going down' });
  });

  it('closes all, also when one fails to', async () => {
    const last = new FakeExecutor(['b']);
    const failing = new FakeExecutor(['a']);
    failing.close = async () => Promise.reject(new Error('stuck'));
    await expect(new ExecutorRegistry([failing, last]).close()).rejects.toThrow(AggregateError);
    expect(last.closed).toBe(true);
  });
});
