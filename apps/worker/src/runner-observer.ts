import type { AttemptRecord, Claim } from '#application/running/execution-ledger.js';
import type { RunnerObserver } from '#application/running/execution-runner.js';
import type { RunningSet } from '#application/running/running-set.js';
import type { ExecutionId } from '#domain/ids.js';
import type { Logger } from '#observability/logger.js';
import type { Metrics } from '#observability/metrics.js';

/** Turns what the runner does into metrics and, where someone may want to read it, a line in the log. */
export class WorkerObserver implements RunnerObserver {
  constructor(
    private readonly log: Logger,
    private readonly metrics: Metrics,
    private readonly running: RunningSet,
  ) {}

  started(claim: Claim): void {
    this.metrics.setExecutionsRunning(this.running.size);
    if (claim.attempt === 1) this.metrics.observeStartLateness(claim.startLatenessMs);
    this.log.debug('execution.started', { executionId: claim.executionId, attempt: claim.attempt });
  }

  finished(record: AttemptRecord): void {
    this.metrics.observeAttempt(record.attemptStatus, record.durationMs);
    if (record.status === 'pending') this.metrics.countRetries(1);
    else this.metrics.countExecutionFinished(record.status);
    this.metrics.setExecutionsRunning(this.running.size - 1);
    if (record.attemptStatus === 'success') return;
    const { executionId, jobId, attempt } = record.claim;
    const { status, error } = record;
    this.log.info('execution.unsuccessful', { executionId, jobId, attempt, status, error });
  }

  dropped(executionId: ExecutionId, attempt: number): void {
    this.log.debug('execution.dropped', { executionId, attempt });
  }

  failed(what: string, error: unknown): void {
    this.log.error(`worker.${what}_failed`, { error });
  }
}
