import type { AbandonReason, AttemptStatus, ExecutionStatus, SkipReason, TriggerSource } from '#domain/execution/status.js';
import type { ExecutionId, JobId, UserId, WorkerId } from '#domain/ids.js';
import type { JsonObject, JsonValue } from '#domain/json.js';

/** A row of the ledger, as it is read. */
export interface Execution {
  readonly id: ExecutionId;
  readonly number: number;
  readonly jobId: JobId;
  readonly jobName: string;
  readonly taskFunction: string;
  readonly queue: string;
  readonly status: ExecutionStatus;
  /** A `SkipReason` when skipped; `poison` or `worker_lost` when the platform ended it. */
  readonly reason: SkipReason | AbandonReason | null;
  readonly trigger: TriggerSource;
  readonly triggeredBy: UserId | null;
  /** Name of that account: who did it, or whose API key did. */
  readonly triggeredByName: string | null;
  readonly scheduledFor: Date;
  readonly attempt: number;
  /** Attempts that the job allows now, the first one included. */
  readonly maxAttempts: number;
  readonly workerId: WorkerId | null;
  /** Null also when the registry has forgotten the worker. */
  readonly workerName: string | null;
  readonly args: JsonObject | null;
  readonly timeoutMs: number;
  readonly createdAt: Date;
  /** Start of the first attempt. */
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Run time of the last attempt. */
  readonly durationMs: number | null;
  readonly nextAttemptAt: Date | null;
  readonly cancelRequestedAt: Date | null;
  readonly result: JsonValue;
  readonly error: string | null;
  readonly exitCode: number | null;
  readonly peakMemoryBytes: number | null;
  readonly averageMemoryBytes: number | null;
  /** 0..1 as last reported, or null. */
  readonly progress: number | null;
}

/** One try inside an execution. */
export interface Attempt {
  readonly attempt: number;
  readonly status: AttemptStatus;
  readonly workerId: WorkerId | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly durationMs: number | null;
  readonly error: string | null;
  readonly result: JsonValue;
  readonly exitCode: number | null;
}

/** One stored chunk of output. */
export interface LogEntry {
  /** From 1 within the execution, without holes. */
  readonly seq: number;
  readonly attempt: number;
  readonly at: Date;
  readonly stream: string;
  readonly message: string;
}

/** Id of the queue job that carries an attempt: `<executionId>-<attempt>`. */
export function queueJobId(executionId: string, attempt: number): string {
  return `${executionId}-${String(attempt)}`;
}
