/**
 * Runs task functions inside the worker.
 *
 * JavaScript cannot be stopped from outside: an aborted handler is asked by its signal, waited for during a grace, and then
 * left behind. The attempt ends then, whatever the handler does later; its late result is dropped, and what it still writes
 * to log and progress goes nowhere. A handler that never gives the event loop back holds the whole worker up; such work
 * belongs into a `shell` or `python` task.
 */
import { Executor, type RunContext } from '#application/running/executor.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject, JsonValue } from '#domain/json.js';
import { refused } from '../parameters/refusal.js';
import { stopOutcome } from '../stop-outcome.js';
import type { FunctionRegistry } from './function-registry.js';
import { PermanentFailure, type TaskFunction, type TaskFunctionContext } from './task-function.js';

export interface FunctionExecutorOptions {
  /** How long an aborted handler may take to settle. Milliseconds. @default 5000 */
  readonly graceMs?: number;
  /** Largest result, bytes as JSON. @default 1048576 */
  readonly maxResultBytes?: number;
}

const DEFAULT_GRACE_MS = 5_000;
const DEFAULT_MAX_RESULT_BYTES = 1024 * 1024;

type Settled = { readonly kind: 'returned'; readonly value: JsonValue } | { readonly kind: 'threw'; readonly error: unknown };

export class FunctionExecutor<Services> extends Executor {
  /** Aborted by {@link close}. */
  private readonly closing = new AbortController();

  /** @param services handed to every handler as it is */
  constructor(
    private readonly registry: FunctionRegistry<Services>,
    private readonly services: Services,
    private readonly options: FunctionExecutorOptions = {},
  ) {
    super();
  }

  get taskFunctions(): readonly string[] {
    return this.registry.names;
  }

  async run(context: RunContext): Promise<AttemptOutcome> {
    const taskFunction = this.registry.find(context.taskFunction);
    if (taskFunction === null) return refused(`unknown task function "${context.taskFunction}"`);
    const checked = this.registry.check(context.taskFunction, context.args);
    if (!checked.ok) return refused(checked.message);
    if (this.isStopped(context)) return stopped(context);
    const { given, leaveBehind } = this.handlerContext(context, checked.args);
    const settled = await this.settledOrLeft(context, settle(taskFunction, given));
    leaveBehind();
    // What an aborted handler returns is how it gave up, not a result.
    if (settled === null || this.isStopped(context)) return stopped(context);
    return settled.kind === 'returned' ? this.succeeded(settled.value) : failed(settled.error);
  }

  /** Aborts what runs; each attempt ends within the grace. */
  async close(): Promise<void> {
    this.closing.abort(new Error('this worker is shutting down'));
    return Promise.resolve();
  }

  private handlerContext(
    context: RunContext,
    args: JsonObject,
  ): { given: TaskFunctionContext<JsonObject, Services>; leaveBehind: () => void } {
    let listening = true;
    const line = (stream: 'stdout' | 'stderr') => (message: string) => {
      if (listening) context.log.write({ stream, text: `${message.replaceAll('\0', '\uFFFD')}\n` });
    };
    const progress = (fraction: number, message?: string): void => {
      if (!listening || Number.isNaN(fraction)) return;
      const clamped = Math.min(1, Math.max(0, fraction));
      if (message === undefined) context.progress(clamped);
      else context.progress(clamped, message);
    };
    const { fireKey, attempt } = context;
    const log = { info: line('stdout'), warn: line('stderr') };
    let signal: AbortSignal | null = null;
    const signalOf = (): AbortSignal => (signal ??= this.signalOf(context));
    const given = {
      args,
      get signal() {
        return signalOf();
      },
      log,
      progress,
      fireKey,
      attempt,
      services: this.services,
    };
    return {
      given,
      leaveBehind: () => (listening = false),
    };
  }

  private signalOf(context: RunContext): AbortSignal {
    return AbortSignal.any([context.signal, this.closing.signal]);
  }

  private isStopped(context: RunContext): boolean {
    return context.isStopped() || this.closing.signal.aborted;
  }

  /** What came of the handler, or null when it was left behind. One that is over within this turn needs no signal. */
  private async settledOrLeft(context: RunContext, running: Promise<Settled>): Promise<Settled | null> {
    const atOnce = await Promise.race([running, turnOver()]);
    return atOnce ?? Promise.race([running, this.graceAfter(this.signalOf(context))]);
  }

  /** Resolves with null when the grace after an abort is over. */
  private async graceAfter(signal: AbortSignal): Promise<null> {
    const graceMs = this.options.graceMs ?? DEFAULT_GRACE_MS;
    return new Promise((resolve) => {
      const wait = (): void => {
        setTimeout(resolve, graceMs, null).unref();
      };
      if (signal.aborted) wait();
      else signal.addEventListener('abort', wait, { once: true });
    });
  }

  private succeeded(value: JsonValue): AttemptOutcome {
    const limit = this.options.maxResultBytes ?? DEFAULT_MAX_RESULT_BYTES;
    try {
      // A handler without a result returns undefined, whatever its type says.
      const json = (JSON.stringify(value) as string | undefined) ?? 'null';
      const bytes = Buffer.byteLength(json);
      if (bytes > limit) return refused(`the result has ${String(bytes)} bytes, more than ${String(limit)}`);
      return { kind: 'succeeded', result: JSON.parse(json) as JsonValue };
    } catch (error) {
      return refused(`the result is not JSON: ${(error as Error).message}`);
    }
  }
}

async function turnOver(): Promise<null> {
  return new Promise((resolve) => {
    setImmediate(resolve, null);
  });
}

async function settle<Services>(
  taskFunction: TaskFunction<Services>,
  given: TaskFunctionContext<JsonObject, Services>,
): Promise<Settled> {
  try {
    return { kind: 'returned', value: await taskFunction.handler(given) };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

function failed(error: unknown): AttemptOutcome {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return { kind: 'failed', error: message, retryable: !(error instanceof PermanentFailure) };
}

function stopped(context: RunContext): AttemptOutcome {
  if (context.isStopped()) return stopOutcome(context);
  return { kind: 'cancelled', error: 'this worker is shutting down' };
}
