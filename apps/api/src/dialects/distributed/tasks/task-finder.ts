import { Injectable } from '@nestjs/common';
import type { Execution } from '#application/executions/execution.js';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import { JobReader } from '#application/jobs/job-reader.js';
import { TaskFunctionRepository } from '#application/task-functions/task-function.repository.js';
import { DomainError } from '#domain/errors.js';
import type { JobId } from '#domain/ids.js';

/** Finds what the dialect's numbers and names stand for. */
@Injectable()
export class TaskFinder {
  constructor(
    private readonly jobs: JobReader,
    private readonly executions: ExecutionReader,
    private readonly taskFunctions: TaskFunctionRepository,
  ) {}

  /** @throws DomainError `JOB_NOT_FOUND` */
  async jobId(number: number): Promise<JobId> {
    const id = await this.jobs.idOf(number);
    if (id === null) throw new DomainError('JOB_NOT_FOUND', `Task with ID ${String(number)} not found`);
    return id;
  }

  /** @throws DomainError `EXECUTION_NOT_FOUND` */
  async run(number: number): Promise<Execution> {
    const execution = await this.executions.findByNumber(number);
    if (execution === null) throw new DomainError('EXECUTION_NOT_FOUND', `Task run with ID ${String(number)} not found`);
    return execution;
  }

  /** @throws DomainError `TASK_FUNCTION_UNKNOWN` */
  async taskFunctionId(taskType: string): Promise<number> {
    const taskFunction = await this.taskFunctions.findByName(taskType);
    if (taskFunction !== null) return taskFunction.id;
    const message = `Task type '${taskType}' is not known`;
    throw new DomainError('TASK_FUNCTION_UNKNOWN', message, [{ path: ['task_type'], message: 'is no task function' }]);
  }
}
