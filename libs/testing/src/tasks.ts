import { Executor, StopReason, type RunContext } from '#application/running/executor.js';
import { CATALOGUE } from '#application/task-functions/catalogue.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JobId } from '#domain/ids.js';

export type TaskHandler = (context: RunContext) => AttemptOutcome | Promise<AttemptOutcome>;

/** An executor whose tasks are functions of the test, one a job; a job without one succeeds at once. */
export class TestTasks extends Executor {
  /** Every attempt that started, in order. */
  readonly started: RunContext[] = [];
  private readonly handlers = new Map<JobId, TaskHandler>();

  /** @param taskFunctions that the worker says it has; by default all that the product comes with */
  constructor(readonly taskFunctions: readonly string[] = CATALOGUE.map(({ name }) => name)) {
    super();
  }

  on(jobId: JobId, handler: TaskHandler): void {
    this.handlers.set(jobId, handler);
  }

  startsOf(jobId: JobId): RunContext[] {
    return this.started.filter((context) => context.jobId === jobId);
  }

  async run(context: RunContext): Promise<AttemptOutcome> {
    this.started.push(context);
    return (this.handlers.get(context.jobId) ?? succeeds)(context);
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

export const succeeds: TaskHandler = () => ({ kind: 'succeeded', result: null });

export const fails: TaskHandler = () => ({ kind: 'failed', error: 'broken' });

/** Goes on until it is told to stop, and stops at once. */
export const runsUntilStopped: TaskHandler = async ({ signal }) => {
  if (!signal.aborted) {
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => { resolve(); }, { once: true });
    });
  }
  const reason: unknown = signal.reason;
  return reason instanceof StopReason && reason.kind === 'timeout'
    ? { kind: 'timed-out', error: reason.message }
    : { kind: 'cancelled', error: reason instanceof Error ? reason.message : 'cancelled' };
};

/** Runs that go on until the test lets them finish. */
export class Gate {
  private open: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  /** Lets everything that waits, and everything that comes, succeed. */
  release(): void {
    this.open();
  }

  readonly handler: TaskHandler = async (context) => {
    const stopped = runsUntilStopped(context);
    await Promise.race([this.opened, stopped]);
    return context.signal.aborted ? stopped : { kind: 'succeeded', result: null };
  };
}
