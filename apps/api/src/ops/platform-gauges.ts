import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SchedulerRegistry } from '#application/scheduling/scheduler-status.js';
import { Backlog } from '#application/scheduling/backlog.js';
import { WorkerRegistry } from '#application/workers/worker-registry.js';
import { Metrics } from '#observability/metrics.js';

/** Only the total is wanted. */
const FIRST = { page: 1, perPage: 1 };

/** Metrics of the platform as a whole, asked for when somebody scrapes: every instance reports the same. */
@Injectable()
export class PlatformGauges implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly scheduler: SchedulerRegistry,
    private readonly workers: WorkerRegistry,
    private readonly backlog: Backlog,
  ) {}

  onModuleInit(): void {
    this.metrics.beforeScrape(async () => {
      const { overdueJobs, unreadableJobs } = await this.scheduler.status();
      this.metrics.setFiresOverdue(overdueJobs);
      this.metrics.setJobsUnreadable(unreadableJobs);
    });
    this.metrics.beforeScrape(async () => {
      this.metrics.setWorkersAlive((await this.workers.list({ isAlive: true }, FIRST)).total);
    });
    this.metrics.beforeScrape(async () => {
      this.metrics.setBacklog(await this.backlog.waiting());
    });
    this.metrics.beforeScrape(async () => {
      this.metrics.setQueuesUnserved((await this.backlog.unserved()).length);
    });
  }
}
