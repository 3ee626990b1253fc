/**
 * The metrics that document 002 promises, with exactly its names, types and labels: no label of the process is added, and
 * what the document calls a counter is one, although its values are read from the database and not counted here.
 */
import { Counter, Gauge, Registry } from 'prom-client';

/** How the platform as a whole stands. */
export interface PlatformTotals {
  readonly tasks: { readonly active: number; readonly inactive: number };
  /** Task runs that ever ended. */
  readonly taskRuns: { readonly completed: number; readonly failed: number };
  readonly workers: { readonly alive: number; readonly down: number };
}

export class PlatformMetrics {
  private readonly registry = new Registry();
  private readonly tasks = this.counter('scheduler_tasks_total', 'Total number of tasks');
  private readonly taskRuns = this.counter('scheduler_task_runs_total', 'Total number of task runs');
  private readonly workers = new Gauge({
    name: 'scheduler_workers_total',
    help: 'Total number of workers',
    labelNames: ['status'],
    registers: [this.registry],
  });

  /** Replaces all values. */
  set({ tasks, taskRuns, workers }: PlatformTotals): void {
    for (const counter of [this.tasks, this.taskRuns]) counter.reset();
    for (const [status, value] of Object.entries(tasks)) this.tasks.inc({ status }, value);
    for (const [status, value] of Object.entries(taskRuns)) this.taskRuns.inc({ status }, value);
    for (const [status, value] of Object.entries(workers)) this.workers.set({ status }, value);
  }

  /** In Prometheus's text format. */
  async render(): Promise<string> {
    return this.registry.metrics();
  }

  private counter(name: string, help: string): Counter<'status'> {
    return new Counter({ name, help, labelNames: ['status'], registers: [this.registry] });
  }
}
