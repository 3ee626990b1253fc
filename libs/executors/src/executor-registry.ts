import { Executor, type RunContext } from '#application/running/executor.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import { refused } from './parameters/refusal.js';
import { stopOutcome } from './stop-outcome.js';

/** Two executors claim the same task function; found when the worker starts. */
export class DuplicateTaskFunction extends Error {
  constructor(name: string) {
    super(`task function "${name}" is defined twice`);
    this.name = 'DuplicateTaskFunction';
  }
}

/**
 * All executors of a worker behind one: each attempt goes to the one that knows its task function. A task function that
 * this worker does not know fails for good (the worker takes such an attempt only when no other has the function); an executor that throws, which is a defect, fails the attempt and nothing else.
 */
export class ExecutorRegistry extends Executor {
  private readonly byName = new Map<string, Executor>();

  /** @throws DuplicateTaskFunction */
  constructor(private readonly executors: readonly Executor[]) {
    super();
    for (const executor of executors) {
      for (const name of executor.taskFunctions) {
        if (this.byName.has(name)) throw new DuplicateTaskFunction(name);
        this.byName.set(name, executor);
      }
    }
  }

  get taskFunctions(): readonly string[] {
    return [...this.byName.keys()];
  }

  async run(context: RunContext): Promise<AttemptOutcome> {
    const executor = this.byName.get(context.taskFunction);
    if (executor === undefined) return refused(`unknown task function "${context.taskFunction}" on this worker, and no other live worker has it`);
    if (context.isStopped()) return stopOutcome(context);
    try {
      return await executor.run(context);
    } catch (error) {
      return { kind: 'failed', error: `the executor failed: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  /** Closes all; one that fails does not keep the others open. @throws AggregateError with what failed */
  async close(): Promise<void> {
    const results = await Promise.allSettled(this.executors.map(async (executor) => executor.close()));
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    if (errors.length > 0) throw new AggregateError(errors, 'executors did not close');
  }
}
