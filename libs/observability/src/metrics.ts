/**
 * The metrics of one process, in a registry of its own. Code calls methods with our words and milliseconds; Prometheus's
 * names, labels and seconds stay in here.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRIC_NAMES } from './metric-names.js';

/** Values that are asked for are not waited for longer: what a store that is away would say keeps its last value. */
const SCRAPE_DEADLINE_MS = 2_000;

/** Seconds. From one millisecond, which a fire on time takes, to the five minutes of a platform in trouble. */
const LATENESS_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const DURATION_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];
const REQUEST_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export interface MetricsOptions {
  /** Value of the label `service` on every metric: `api`, `worker`. */
  readonly service: string;
  /** Memory, CPU and event loop of the process. @default true */
  readonly process?: boolean;
}

export class Metrics {
  private readonly registry = new Registry();
  private readonly scrapeHooks: (() => void | Promise<void>)[] = [];
  private readonly firesPlanned = this.counter(METRIC_NAMES.firesPlanned, 'Occurrences entered in the ledger, by outcome of the plan.', ['outcome']);
  private readonly firesOverdue = this.gauge(METRIC_NAMES.firesOverdue, 'Jobs whose next fire is due and not planned yet.');
  private readonly jobsUnreadable = this.gauge(METRIC_NAMES.jobsUnreadable, 'Jobs set aside because their stored schedule cannot be read.');
  private readonly fireLateness = this.histogram(METRIC_NAMES.fireLateness, 'Planned minus nominal instant of scheduled executions.', LATENESS_BUCKETS);
  private readonly startLateness = this.histogram(METRIC_NAMES.startLateness, 'Start minus nominal instant of first attempts.', LATENESS_BUCKETS);
  private readonly executions = this.counter(METRIC_NAMES.executions, 'Executions that reached a final status.', ['status']);
  private readonly executionDuration = this.histogram(METRIC_NAMES.executionDuration, 'Duration of attempts.', DURATION_BUCKETS, ['status']);
  private readonly executionsRunning = this.gauge(METRIC_NAMES.executionsRunning, 'Executions that this process runs now.');
  private readonly attemptsRetried = this.counter(METRIC_NAMES.attemptsRetried, 'Attempts that failed and are tried again.');
  private readonly executionsRescued = this.counter(METRIC_NAMES.executionsRescued, 'Runs taken back from workers that were lost.');
  private readonly queueDepth = this.gauge(METRIC_NAMES.queueDepth, 'Executions that wait for a worker, by queue.', ['queue']);
  private readonly queueOldestWait = this.gauge(METRIC_NAMES.queueOldestWait, 'How long the execution that has waited longest could have started, by queue.', ['queue']);
  private readonly queuesUnserved = this.gauge(METRIC_NAMES.queuesUnserved, 'Queues with waiting executions that no live worker consumes.');
  private readonly workersAlive = this.gauge(METRIC_NAMES.workersAlive, 'Workers with a fresh heartbeat.');
  private readonly leader = this.gauge(METRIC_NAMES.leader, '1 while this process leads, else 0.');
  private readonly leaderTerm = this.gauge(METRIC_NAMES.leaderTerm, 'Number of the present reign, as this process knows it.');
  private readonly clockSkew = this.gauge(METRIC_NAMES.clockSkew, 'Own clock minus the clock of the database.');
  private readonly requestDuration = this.histogram(METRIC_NAMES.httpRequestDuration, 'Duration of HTTP requests.', REQUEST_BUCKETS, ['method', 'route', 'status']);

  constructor(options: MetricsOptions) {
    this.registry.setDefaultLabels({ service: options.service });
    if (options.process ?? true) collectDefaultMetrics({ register: this.registry });
  }

  /** Counts occurrences that the planner decided on; `outcome` is `pending` or the reason of a skip. */
  countFiresPlanned(outcome: string, count: number): void {
    this.firesPlanned.inc({ outcome }, count);
  }

  setFiresOverdue(jobs: number): void {
    this.firesOverdue.set(jobs);
  }

  setJobsUnreadable(jobs: number): void {
    this.jobsUnreadable.set(jobs);
  }

  observeFireLateness(latenessMs: number): void {
    this.fireLateness.observe(atLeastZero(latenessMs) / 1000);
  }

  observeStartLateness(latenessMs: number): void {
    this.startLateness.observe(atLeastZero(latenessMs) / 1000);
  }

  countExecutionFinished(status: string): void {
    this.executions.inc({ status });
  }

  observeAttempt(status: string, durationMs: number): void {
    this.executionDuration.observe({ status }, atLeastZero(durationMs) / 1000);
  }

  setExecutionsRunning(count: number): void {
    this.executionsRunning.set(count);
  }

  countRetries(count: number): void {
    this.attemptsRetried.inc(count);
  }

  countRescues(count: number): void {
    this.executionsRescued.inc(count);
  }

  /** Replaces all depths: a queue that is not named any more disappears. */
  /** Queues that are left out have nothing that waits. */
  setBacklog(queues: readonly { readonly queue: string; readonly depth: number; readonly oldestWaitMs: number }[]): void {
    this.queueDepth.reset();
    this.queueOldestWait.reset();
    for (const { queue, depth, oldestWaitMs } of queues) {
      this.queueDepth.set({ queue }, depth);
      this.queueOldestWait.set({ queue }, oldestWaitMs / 1_000);
    }
  }

  setQueuesUnserved(count: number): void {
    this.queuesUnserved.set(count);
  }

  setWorkersAlive(count: number): void {
    this.workersAlive.set(count);
  }

  /** @param term number of the reign; null = not known */
  setLeadership(state: { isLeader: boolean; term: number | null }): void {
    this.leader.set(state.isLeader ? 1 : 0);
    if (state.term !== null) this.leaderTerm.set(state.term);
  }

  /** @param skewMs own clock minus the database's; negative = the own clock is behind */
  setClockSkew(skewMs: number): void {
    this.clockSkew.set(skewMs / 1000);
  }

  /** @param request `route` is the pattern (`/jobs/:id`), never the path; unknown routes share one label */
  observeRequest(request: { method: string; route: string | null; statusCode: number; durationMs: number }): void {
    const labels = { method: request.method, route: request.route ?? 'unknown', status: `${String(Math.trunc(request.statusCode / 100))}xx` };
    this.requestDuration.observe(labels, atLeastZero(request.durationMs) / 1000);
  }

  /** Runs before every scrape, for values that are asked for and not counted. A hook that throws is left out. */
  beforeScrape(hook: () => void | Promise<void>): void {
    this.scrapeHooks.push(hook);
  }

  /** All metrics in Prometheus's text format. */
  async render(): Promise<string> {
    const asked = Promise.allSettled(this.scrapeHooks.map(async (hook) => hook()));
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, SCRAPE_DEADLINE_MS).unref())]);
    return this.registry.metrics();
  }

  /** Value of `Content-Type` for what `render` returns. */
  get contentType(): string {
    return this.registry.contentType;
  }

  private counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  private gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  private histogram<Label extends string>(name: string, help: string, buckets: number[], labelNames: readonly Label[] = []): Histogram<Label> {
    return new Histogram({ name, help, buckets, labelNames: [...labelNames], registers: [this.registry] });
  }
}

/** Clocks of two machines may disagree by a little; a negative duration would corrupt the sum of a histogram. */
function atLeastZero(value: number): number {
  return Math.max(0, value);
}
