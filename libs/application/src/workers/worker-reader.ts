import { DomainError } from '#domain/errors.js';
import type { Execution } from '../executions/execution.js';
import type { PageRequest } from '../page.js';
import type { PlatformStatistics, WorkerStatistics } from '../statistics/platform-statistics.js';
import type { WorkerRecord, WorkerRegistry } from './worker-registry.js';
import type { WorkerRuns } from './worker-runs.js';

/** A worker with what it did and does. */
export interface WorkerDetail {
  readonly worker: WorkerRecord;
  readonly statistics: WorkerStatistics;
  /** Longest running first. */
  readonly running: readonly Execution[];
}

/** Shows workers, those of the last day included. */
export class WorkerReader {
  constructor(
    private readonly registry: WorkerRegistry,
    private readonly statistics: PlatformStatistics,
    private readonly runs: WorkerRuns,
  ) {}

  /** One page, newest start first. */
  async list(filter: { readonly isAlive?: boolean }, page: PageRequest): Promise<{ items: WorkerRecord[]; total: number }> {
    return this.registry.list(filter, page);
  }

  /** @param idOrName as `WorkerRegistry.find` takes it. @throws DomainError `WORKER_NOT_FOUND` */
  async get(idOrName: string): Promise<WorkerRecord> {
    const worker = await this.registry.find(idOrName);
    if (worker === null) throw new DomainError('WORKER_NOT_FOUND', `Worker with ID ${idOrName} not found`);
    return worker;
  }

  /** What the worker has run, beside the worker itself. @throws DomainError `WORKER_NOT_FOUND` */
  async statisticsOf(idOrName: string): Promise<{ worker: WorkerRecord; statistics: WorkerStatistics }> {
    const worker = await this.get(idOrName);
    return { worker, statistics: await this.statistics.ofWorker(worker.id) };
  }

  /** @throws DomainError `WORKER_NOT_FOUND` */
  async detail(id: string): Promise<WorkerDetail> {
    const { worker, statistics } = await this.statisticsOf(id);
    return { worker, statistics, running: await this.runs.runningOf(worker.id) };
  }
}
