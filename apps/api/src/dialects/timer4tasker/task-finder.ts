import { Injectable } from '@nestjs/common';
import { JobReader, jobNotFound } from '#application/jobs/job-reader.js';
import type { JobSummary } from '#application/jobs/job-views.js';
import type { JobId } from '#domain/ids.js';
import { taskTypeOf } from './task-types.js';

/** Finds the job behind a task id. */
@Injectable()
export class TaskFinder {
  constructor(private readonly jobs: JobReader) {}

  /**
   * @param taskId anything; what cannot be an id is unknown like any other
   * @throws DomainError `JOB_NOT_FOUND`, also for jobs whose task function is no type of task here
   */
  async get(taskId: string): Promise<JobSummary> {
    const job = await this.jobs.summary(taskId.toLowerCase() as JobId);
    if (taskTypeOf(job.taskFunctionId) === null) throw jobNotFound(taskId);
    return job;
  }
}
