import { LogSink, type OutputChunk, type RunContext, StopReason } from '#application/running/executor.js';
import { type ExecutionId, type JobId, newId } from '#domain/ids.js';

/** Keeps what is written, for the test to look at. */
export class RecordingLog extends LogSink {
  readonly chunks: OutputChunk[] = [];

  write(chunk: OutputChunk): void {
    this.chunks.push(chunk);
  }

  /** All text of one stream, or of all. */
  text(stream?: OutputChunk['stream']): string {
    return this.chunks.filter((chunk) => stream === undefined || chunk.stream === stream).map(({ text }) => text).join('');
  }
}

/** A run context whose attempt the test can stop. */
export type TestContext = RunContext & {
  readonly log: RecordingLog;
  readonly stop: (kind: StopReason['kind'], message?: string) => void;
};

/** Makes a context; only what the test is about needs to be said. */
export function aRunContext(overrides: Partial<RunContext> = {}): TestContext {
  const controller = new AbortController();
  const jobId = newId<JobId>();
  const scheduledFor = new Date('2026-03-01T12:00:00Z');
  return {
    executionId: newId<ExecutionId>(),
    jobId,
    taskFunction: 'shell',
    attempt: 1,
    fireKey: `${jobId}/${scheduledFor.toISOString()}`,
    scheduledFor,
    args: {},
    timeoutMs: 60_000,
    signal: controller.signal,
    isStopped: () => controller.signal.aborted,
    progress: () => undefined,
    ...overrides,
    log: new RecordingLog(),
    stop: (kind, message = kind) => {
      controller.abort(new StopReason(kind, message));
    },
  };
}
