import { DomainError } from '#domain/errors.js';
import { newId, type JobId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { actorOf, type AuditLog } from '../identity/audit-log.js';
import type { Caller } from '../identity/caller.js';
import type { ArgumentValidator } from '../task-functions/argument-validator.js';
import type { TaskFunction } from '../task-functions/task-function.js';
import type { TaskFunctionRepository } from '../task-functions/task-function.repository.js';
import { auditedChange, auditedJob } from './job-audit.js';
import { defineNewJob, redefineJob, type JobInput, type NewJobInput } from './define-job.js';
import { jobNotFound } from './job-reader.js';
import type { JobDefinition, JobRepository, WhileActive } from './job.repository.js';

/** Creates, changes and deletes jobs. Every change is audited; the caller reads the result through `JobReader`. */
export class JobWriter {
  constructor(
    private readonly jobs: JobRepository,
    private readonly taskFunctions: TaskFunctionRepository,
    private readonly argumentValidator: ArgumentValidator,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Stores a new job; it fires from now on if it is enabled.
   *
   * @throws DomainError `TASK_FUNCTION_UNKNOWN`, `JOB_TYPE_UNKNOWN`, `SCHEDULE_INVALID`, `VALIDATION_FAILED` (arguments,
   *   unknown dependency), `JOB_NAME_TAKEN`
   */
  async create(input: NewJobInput, caller: Caller): Promise<ScheduledJob> {
    const taskFunction = await this.requireTaskFunction(input.taskFunctionId);
    this.argumentValidator.check(taskFunction, input.args ?? null);
    const job = await this.jobs.create(
      newId<JobId>(),
      (now) => defineNewJob(input, taskFunction.defaultTimeoutMs, now),
      caller.principal.userId,
    );
    await this.record(caller, 'job.created', job, { name: job.name, after: auditedJob(job) });
    return job;
  }

  /**
   * Stores a copy of a job, switched off. A schedule that counts from its creation counts anew.
   *
   * @param name default the job's own with ` (copy)` behind it
   * @throws DomainError `JOB_NOT_FOUND`, and those of `create`: a one-off whose time is over cannot be copied
   */
  async duplicate(id: JobId, name: string | undefined, caller: Caller): Promise<ScheduledJob> {
    const job = await this.jobs.find(id);
    if (job === null) throw jobNotFound(id);
    return this.create({ ...inputOf(job), name: name ?? copyName(job.name), isEnabled: false }, caller);
  }

  /**
   * Changes the given members of a job.
   *
   * @param isExpected whether the job, locked and before the change, is what the caller thinks of. Default: any is
   * @throws DomainError `JOB_NOT_FOUND`, `DEPENDENCY_CYCLE`, `JOB_CHANGED` (not what is expected), and those of `create`
   */
  async update(id: JobId, input: JobInput, caller: Caller, isExpected?: (job: ScheduledJob) => boolean): Promise<ScheduledJob> {
    const taskFunction =
      input.taskFunctionId === undefined ? null : await this.requireTaskFunction(input.taskFunctionId);
    const current = await this.jobs.find(id);
    if (current === null) throw jobNotFound(id);
    if (taskFunction !== null || input.args !== undefined) {
      const checkedFor = taskFunction ?? (await this.requireTaskFunction(current.taskFunctionId));
      this.argumentValidator.check(checkedFor, input.args === undefined ? current.args : input.args);
    }
    const change = (locked: ScheduledJob, now: Date): JobDefinition => {
      if (isExpected?.(locked) === false) throw new DomainError('JOB_CHANGED', `Scheduled job ${id} was changed meanwhile`);
      return redefineJob(locked, input, now);
    };
    const job = await this.jobs.update(id, change, caller.principal.userId);
    if (job === null) throw jobNotFound(id);
    await this.record(caller, 'job.updated', job, { name: job.name, ...auditedChange(current, job) });
    return job;
  }

  /**
   * Deletes a job with its history and stops its runs, or refuses to while it has any.
   *
   * @param whileActive default `stop`
   * @throws DomainError `JOB_NOT_FOUND`, `JOB_PROTECTED` (its task function is a system function), `JOB_HAS_DEPENDENTS`,
   *   `JOB_ACTIVE`
   */
  async delete(id: JobId, caller: Caller, whileActive: WhileActive = 'stop'): Promise<void> {
    const job = await this.jobs.find(id);
    if (job === null) throw jobNotFound(id);
    const taskFunction = await this.taskFunctions.find(job.taskFunctionId);
    if (taskFunction?.isSystem === true) {
      throw new DomainError('JOB_PROTECTED', `Job '${job.name}' runs a system function and cannot be deleted`);
    }
    if (!(await this.jobs.delete(id, whileActive))) throw jobNotFound(id);
    await this.record(caller, 'job.deleted', job, { name: job.name, before: auditedJob(job) });
  }

  private async requireTaskFunction(id: number): Promise<TaskFunction> {
    const taskFunction = await this.taskFunctions.find(id);
    if (taskFunction === null) {
      throw new DomainError('TASK_FUNCTION_UNKNOWN', `Task function ${String(id)} not found`);
    }
    return taskFunction;
  }

  private async record(caller: Caller, action: `job.${string}`, job: ScheduledJob, details: JsonObject): Promise<void> {
    await this.audit.record({
      actor: actorOf(caller.principal),
      action,
      target: { type: 'job', id: job.id },
      ip: caller.ip,
      details,
    });
  }
}

const COPY = ' (copy)';
const NAME_LENGTH = 200;

function copyName(name: string): string {
  return `${Array.from(name).slice(0, NAME_LENGTH - COPY.length).join('')}${COPY}`;
}

/** Everything about a job that people decide, as they would say it. */
function inputOf(job: ScheduledJob): NewJobInput {
  const { retry, ...policies } = job.policies;
  return {
    name: job.name,
    description: job.description,
    taskFunctionId: job.taskFunctionId,
    jobTypeId: job.jobTypeId,
    scheduleConfig: job.scheduleConfig,
    args: job.args,
    startAt: job.bounded.startAt,
    endAt: job.bounded.endAt,
    isPaused: job.isPaused,
    policies: { ...policies, retryCount: retry.retryCount, backoff: retry.backoff },
    dependsOn: job.dependsOn,
  };
}
