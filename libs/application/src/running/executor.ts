import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';

/** One piece of output. Order of calls is order of output. */
export interface OutputChunk {
  readonly stream: 'stdout' | 'stderr' | 'system';
  /** Text as UTF-8; may hold several lines or part of one. */
  readonly text: string;
}

/** Where a run writes what its task prints. Never throws, never blocks the task. */
export abstract class LogSink {
  abstract write(chunk: OutputChunk): void;
}

/** All that an executor is told about one attempt. */
export interface RunContext {
  readonly executionId: ExecutionId;
  readonly jobId: JobId;
  /** Name of the task function, e.g. `shell`. */
  readonly taskFunction: string;
  /** From 1. */
  readonly attempt: number;
  /** `<jobId>/<scheduledFor>`: the same for all attempts, so that a task can make itself idempotent. */
  readonly fireKey: string;
  /** The occurrence's nominal instant (of a manual run: when it was asked for). */
  readonly scheduledFor: Date;
  /** Arguments as they were when the occurrence was planned. */
  readonly args: JsonObject;
  /** Limit of this attempt, milliseconds. The runner aborts `signal` with a `StopReason` when it is over. */
  readonly timeoutMs: number;
  /**
   * Aborted when the attempt must stop; `signal.reason` is a `StopReason`. The executor stops everything it started,
   * within its grace period, before it returns.
   */
  readonly signal: AbortSignal;
  /** Whether `signal` is aborted. Asking for this makes no signal, which costs something. */
  readonly isStopped: () => boolean;
  readonly log: LogSink;
  /** Reports progress, 0..1, with an optional text. Cheap; may be called often. */
  readonly progress: (fraction: number, message?: string) => void;
}

/** Why a running attempt is stopped. It is the `reason` of the abort signal. */
export class StopReason extends Error {
  constructor(
    readonly kind: 'timeout' | 'cancelled' | 'fenced' | 'shutdown',
    message: string,
  ) {
    super(message);
    this.name = 'StopReason';
  }
}

/**
 * Runs attempts of one kind of task. An implementation must: return an outcome instead of throwing for a failing task;
 * obey `signal`; leave no process behind, whatever the task did; keep no secret of the platform in the task's
 * environment. It does not record anything and does not decide about retries.
 */
export abstract class Executor {
  /** Names of the task functions it can run. */
  abstract readonly taskFunctions: readonly string[];
  /** Runs one attempt to its end. @see RunContext */
  abstract run(context: RunContext): Promise<AttemptOutcome>;
  /** Takes back whatever the executor keeps for itself (helper processes, connections). */
  abstract close(): Promise<void>;
}
