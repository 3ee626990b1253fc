import { DomainError } from '#domain/errors.js';
import { isUuid, type JobId } from '#domain/ids.js';
import type { ExecutionRepository } from '../executions/execution.repository.js';
import type { PageRequest } from '../page.js';
import type { StatisticsRepository } from '../statistics/statistics.repository.js';
import type { TaskFunctionRepository } from '../task-functions/task-function.repository.js';
import { jobTypeById } from '../task-functions/task-function.js';
import type { JobFilter, JobOrder, JobRepository } from './job.repository.js';
import type { BusyMinute, JobCounts, JobDetail, JobSummary, RunMark } from './job-views.js';

/** Executions shown with a job (rulings: "the last 10, newest first"). */
const RECENT_EXECUTIONS = 10;

/** Runs that the spread of durations is taken from. */
const DURATIONS_OF = 200;

/** Marks in the row of a job's last runs. */
const RECENT_RUNS = 20;

/** Reads jobs for people. */
export class JobReader {
  constructor(
    private readonly jobs: JobRepository,
    private readonly executions: ExecutionRepository,
    private readonly taskFunctions: TaskFunctionRepository,
    private readonly statistics: StatisticsRepository,
  ) {}

  /** One page, with the counts of all that match. @param order default newest first */
  async list(filter: JobFilter, page: PageRequest, order?: JobOrder): Promise<{ items: JobSummary[]; counts: JobCounts }> {
    return this.jobs.list(filter, page, order);
  }

  /** The last 20 executions of each job, the oldest of them first. */
  async recentRuns(ids: readonly JobId[]): Promise<ReadonlyMap<JobId, readonly RunMark[]>> {
    return this.jobs.recentRuns(ids, RECENT_RUNS);
  }

  /** As in `JobRepository`. */
  async busiestMinute(instants: readonly Date[], except: JobId | null): Promise<BusyMinute | null> {
    return this.jobs.busiestMinute(instants, except);
  }

  /** @throws DomainError `JOB_NOT_FOUND` */
  async summary(id: JobId): Promise<JobSummary> {
    const job = isUuid(id) ? await this.jobs.find(id) : null;
    if (job === null) throw jobNotFound(id);
    return job;
  }

  /** The id of the job with this number; null when there is none. */
  async idOf(number: number): Promise<JobId | null> {
    return this.jobs.idOf(number);
  }

  /** Numbers of the jobs, in the order of the ids. @throws DomainError `VALIDATION_FAILED` at `dependsOn` for what is no job */
  async dependencyNumbers(ids: readonly JobId[]): Promise<number[]> {
    const numbers = await this.jobs.numbersOf(ids);
    const violations = ids.flatMap((id, index) => (numbers.has(id) ? [] : [{ path: ['dependsOn', index], message: `${id} is no job` }]));
    if (violations.length > 0) throw new DomainError('VALIDATION_FAILED', 'Unknown dependency', violations);
    return ids.flatMap((id) => numbers.get(id) ?? []);
  }

  /** A job with its function, type, last executions, dependencies and statistics. @throws DomainError `JOB_NOT_FOUND` */
  async detail(id: JobId): Promise<JobDetail> {
    const job = await this.summary(id);
    const [recentExecutions, relations, statistics, recentDurations] = await Promise.all([
      this.executions.latestOfJob(id, RECENT_EXECUTIONS),
      this.jobs.relations(id),
      this.statistics.ofJob(id),
      this.statistics.recentDurations(id, DURATIONS_OF),
    ]);
    const taskFunction = await this.taskFunctions.find(job.taskFunctionId);
    const jobType = jobTypeById(job.jobTypeId);
    if (taskFunction === null || jobType === undefined) {
      throw new DomainError('INTERNAL', `Job ${id} names a task function or type that does not exist`);
    }
    return { ...job, ...relations, taskFunction, jobType, recentExecutions, statistics, recentDurations };
  }
}

/** The error for an unknown job id. */
export function jobNotFound(id: string): DomainError {
  return new DomainError('JOB_NOT_FOUND', `Scheduled job ${id} not found`);
}
