import { DomainError } from '#domain/errors.js';
import type { JobId } from '#domain/ids.js';
import { forEachOf, type Refusal } from '../bulk.js';
import type { TriggerJob } from '../executions/trigger-job.js';
import type { Caller } from '../identity/caller.js';
import { jobNotFound } from './job-reader.js';
import type { JobFilter, JobRepository, JobTarget } from './job.repository.js';
import type { JobWriter } from './job-writer.js';

export const BULK_JOB_ACTIONS = ['enable', 'disable', 'pause', 'resume', 'trigger', 'delete'] as const;
export type BulkJobAction = (typeof BULK_JOB_ACTIONS)[number];

/** The jobs with these ids, or those that match: as many as the caller expects. */
export type JobSelection =
  | { readonly ids: readonly JobId[] }
  | { readonly filter: JobFilter; readonly expectedCount: number };

/** What a selection names. */
export interface SelectedJobs {
  readonly targets: readonly JobTarget[];
  readonly unknown: readonly JobId[];
}

export interface BulkJobResult {
  readonly matched: number;
  /** Jobs that are as wanted now and were not before; triggered ones. */
  readonly changed: number;
  readonly failed: readonly { readonly id: JobId; readonly name: string; readonly reason: string }[];
}

/** Jobs that one action may match by a filter. */
export const BULK_JOBS_LIMIT = 10_000;

/** Does one thing to many jobs. Each is a call of its own, with its own version and audit entry: what was done before a failure stays done. */
export class ChangeJobs {
  constructor(
    private readonly jobs: JobRepository,
    private readonly writer: JobWriter,
    private readonly triggerJob: TriggerJob,
  ) {}

  /** Does it to what `select` found. Takes some milliseconds a job. */
  async apply(action: BulkJobAction, { targets, unknown }: SelectedJobs, caller: Caller): Promise<BulkJobResult> {
    const due = targets.filter((job) => !isAlready(action, job));
    const refusals = await this.actOn(due, action, caller);
    return {
      matched: targets.length,
      changed: due.length - refusals.length,
      failed: [
        ...refusals.map(({ item, error }) => ({ id: item.id, name: item.name, reason: error.message })),
        ...unknown.map((id) => ({ id, name: '', reason: jobNotFound(id).message })),
      ],
    };
  }

  /**
   * @throws DomainError `JOB_COUNT_CHANGED` when another number of jobs matches now than the caller expects, `VALIDATION_FAILED`
   *   for more than `BULK_JOBS_LIMIT`
   */
  async select(selection: JobSelection): Promise<SelectedJobs> {
    if ('ids' in selection) {
      const ids = [...new Set(selection.ids)];
      const targets = await this.jobs.targetsOf(ids);
      return { targets, unknown: ids.filter((id) => !targets.some((job) => job.id === id)) };
    }
    const targets = await this.jobs.targets(selection.filter, BULK_JOBS_LIMIT + 1);
    if (targets.length > BULK_JOBS_LIMIT) {
      const message = `more than ${String(BULK_JOBS_LIMIT)} jobs match`;
      throw new DomainError('VALIDATION_FAILED', message, [{ path: ['filter'], message }]);
    }
    if (targets.length !== selection.expectedCount) {
      throw new DomainError('JOB_COUNT_CHANGED', `${String(targets.length)} jobs match now, not ${String(selection.expectedCount)}`);
    }
    return { targets, unknown: [] };
  }

  /** A job that others depend on can be deleted once they are; so those that were refused for it are tried again. */
  private async actOn(jobs: readonly JobTarget[], action: BulkJobAction, caller: Caller): Promise<Refusal<JobTarget>[]> {
    const refusals = await forEachOf(jobs, async ({ id }) => this.act(id, action, caller));
    const again = refusals.filter(({ error }) => error.code === 'JOB_HAS_DEPENDENTS').map(({ item }) => item);
    if (again.length === 0 || again.length === jobs.length) return refusals;
    const others = refusals.filter(({ error }) => error.code !== 'JOB_HAS_DEPENDENTS');
    return [...others, ...(await this.actOn(again, action, caller))];
  }

  private async act(id: JobId, action: BulkJobAction, caller: Caller): Promise<void> {
    switch (action) {
      case 'enable':
      case 'disable':
        await this.writer.update(id, { isEnabled: action === 'enable' }, caller);
        return;
      case 'pause':
      case 'resume':
        await this.writer.update(id, { isPaused: action === 'pause' }, caller);
        return;
      case 'trigger':
        await this.triggerJob.execute(id, caller);
        return;
      case 'delete':
        await this.writer.delete(id, caller);
    }
  }
}

function isAlready(action: BulkJobAction, { isEnabled, isPaused }: JobTarget): boolean {
  switch (action) {
    case 'enable':
      return isEnabled;
    case 'disable':
      return !isEnabled;
    case 'pause':
      return isPaused;
    case 'resume':
      return !isPaused;
    case 'trigger':
    case 'delete':
      return false;
  }
}
