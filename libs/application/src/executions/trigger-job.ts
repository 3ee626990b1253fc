import { DomainError } from '#domain/errors.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import { actorOf, type AuditLog } from '../identity/audit-log.js';
import type { Caller } from '../identity/caller.js';
import { jobNotFound } from '../jobs/job-reader.js';
import type { JobRepository } from '../jobs/job.repository.js';
import type { Sender } from '../scheduling/planner.js';
import type { ArgumentValidator } from '../task-functions/argument-validator.js';
import type { TaskFunctionRepository } from '../task-functions/task-function.repository.js';
import { queueJobId } from './execution.js';
import type { TriggerOptions, TriggerStore } from './trigger-store.js';

export interface Triggered {
  readonly executionId: ExecutionId;
  /** Id of the queue job of the first attempt. */
  readonly queueJobId: string;
}

/** Starts a job by hand, beside its schedule. */
export class TriggerJob {
  constructor(
    private readonly store: TriggerStore,
    private readonly sender: Sender,
    private readonly audit: AuditLog,
    private readonly jobs: JobRepository,
    private readonly taskFunctions: TaskFunctionRepository,
    private readonly argumentValidator: ArgumentValidator,
  ) {}

  /**
   * Records an execution and hands it to the queue. Once it returned, the execution will happen, also when the queue is
   * down now.
   *
   * @param args instead of the job's own arguments
   * @param options default: the rules of the native API
   * @throws DomainError `JOB_NOT_FOUND`, `JOB_DISABLED`, `JOB_AT_CAPACITY`, `DEPENDENCIES_UNMET`, `VALIDATION_FAILED`
   *   (arguments)
   */
  async execute(jobId: JobId, caller: Caller, args?: JsonObject, options: TriggerOptions = {}): Promise<Triggered> {
    const { principal } = caller;
    if (args !== undefined) await this.checkArguments(jobId, args);
    const source = principal.kind === 'api-key' ? 'api' : 'manual';
    const result = await this.store.trigger(jobId, { source, userId: principal.userId }, args, options);
    switch (result.kind) {
      case 'not-found':
        throw jobNotFound(jobId);
      case 'disabled':
        throw new DomainError('JOB_DISABLED', 'Job is disabled and cannot be triggered');
      case 'at-capacity':
        throw new DomainError(
          'JOB_AT_CAPACITY',
          `Job already has ${String(result.maxInstances)} live execution(s), its maximum`,
        );
      case 'dependencies-unmet':
        throw new DomainError('DEPENDENCIES_UNMET', `Job cannot be triggered: ${result.unmet}`);
      case 'triggered':
        if (result.item !== null) await this.sender.send([result.item]);
        await this.audit.record({
          actor: actorOf(principal),
          action: 'job.triggered',
          target: { type: 'job', id: jobId },
          ip: caller.ip,
          details: { executionId: result.executionId },
        });
        return { executionId: result.executionId, queueJobId: queueJobId(result.executionId, 1) };
    }
  }

  private async checkArguments(jobId: JobId, args: JsonObject): Promise<void> {
    const job = await this.jobs.find(jobId);
    const taskFunction = job === null ? null : await this.taskFunctions.find(job.taskFunctionId);
    if (taskFunction === null) throw jobNotFound(jobId);
    this.argumentValidator.check(taskFunction, args);
  }
}
