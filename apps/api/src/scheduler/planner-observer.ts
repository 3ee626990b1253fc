import type { PlannedChunk } from '#application/scheduling/plan-store.js';
import type { PlannerObserver } from '#application/scheduling/planner.js';
import type { Logger } from '#observability/logger.js';
import type { Metrics } from '#observability/metrics.js';

/** Jobs that one line names. */
const LOGGED_JOBS = 10;

/** Turns plans into metrics, and what went wrong into a line in the log. */
export class PlannerMetrics implements PlannerObserver {
  constructor(
    private readonly log: Logger,
    private readonly metrics: Metrics,
  ) {}

  planned(chunk: PlannedChunk): void {
    for (const [outcome, count] of Object.entries(chunk.outcomes)) this.metrics.countFiresPlanned(outcome, count);
    for (const latenessMs of chunk.latenessMs) this.metrics.observeFireLateness(latenessMs);
    if (chunk.unreadable.length > 0) this.log.warn('plan.jobs_set_aside', { count: chunk.unreadable.length, jobs: chunk.unreadable.slice(0, LOGGED_JOBS) });
    this.log.debug('plan.done', { jobs: chunk.jobs, outcomes: chunk.outcomes });
  }

  dispatchFailed(error: unknown, items: number): void {
    this.log.warn('queue.dispatch_failed', { error, items });
  }
}
