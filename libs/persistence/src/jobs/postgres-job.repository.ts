import { DomainError } from '#domain/errors.js';
import type { SkipReason } from '#domain/execution/status.js';
import type { JobId, UserId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { scheduleToJson } from '#domain/schedule/schedule-json.js';
import { firstFireAfter, isSameJson } from '#application/jobs/define-job.js';
import { JobRepository, type JobDefinition, type JobFilter, type JobOrder, type JobTarget, type WhileActive } from '#application/jobs/job.repository.js';
import type { BusyMinute, JobCounts, JobRelations, JobSummary, RelatedJob, RunMark } from '#application/jobs/job-views.js';
import type { PageRequest } from '#application/page.js';
import type { Database, Queryable } from '../database.js';
import { holdWaiting, refuseDependents, replaceDependencies } from '../dependencies/job-dependencies.js';
import { announceCancels, announceJobChange } from '../notifications.js';
import { storable, toJsonb } from '../rows.js';
import { requireNewName } from './job-names.js';
import { BUSIEST_MINUTE, countJobs, FIND_JOB, jobTargets, listJobs, matchValues, NUMBERS_OF, RECENT_RUNS, RELATED_JOBS, TARGETS_OF } from './job-lists.js';
import { toJob, toJobSummary, toRelatedJob, toRunMark, UNREADABLE_SCHEDULE, type JobRow, type JobSummaryRow, type RelatedJobRow, type RunMarkRow } from './job-row.js';
import {
  CANCEL_WAITING,
  COUNT_ACTIVE,
  DATABASE_TIME,
  DELETE_JOB,
  HOLD_EXCESS,
  INSERT_HISTORY,
  INSERT_JOB,
  JOB_ID_OF,
  LOCK_FOR_DELETE,
  LOCK_JOB,
  LOCK_LIVE,
  REFRESH_WAITING,
  SUPERSEDE_WAITING,
  UPDATE_JOB,
} from './job-statements.js';
import { skipOverdue } from './overdue-occurrences.js';

export class PostgresJobRepository extends JobRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async create(id: JobId, define: (now: Date) => JobDefinition, createdBy: UserId | null): Promise<ScheduledJob> {
    return this.database.transaction(async (tx) => {
      const [clock] = await tx.query<{ now: Date }>(DATABASE_TIME);
      const now = clock?.now ?? new Date(Number.NaN);
      const definition = define(now);
      const values = jobValues(definition, 1, firstFireAfter(definition, now), createdBy);
      if (definition.nameRule === 'unique') await requireNewName(tx, definition.name, id);
      const [row] = await tx.query<JobRow>(INSERT_JOB, [id, ...values]);
      const { dependsOn } = definition;
      if (dependsOn.length > 0) await replaceDependencies(tx, required(row), dependsOn);
      await tx.query(INSERT_HISTORY, [id, now]);
      await announceJobChange(tx);
      return { ...toJob(required(row)), dependsOn };
    });
  }

  async update(
    id: JobId,
    change: (job: ScheduledJob, now: Date) => JobDefinition,
    updatedBy: UserId | null,
  ): Promise<ScheduledJob | null> {
    return this.database.transaction(async (tx) => {
      const [locked] = await tx.query<JobRow & { now: Date }>(LOCK_JOB, [id]);
      if (locked === undefined) return null;
      const before = toJob(locked);
      const definition = change(before, locked.now);
      const effect = effectOf(before, definition);
      const version = before.scheduleVersion + (effect === 'same-schedule' ? 0 : 1);
      const nextFireAt =
        effect === 'same-schedule' ? before.nextFireAt : firstFireAfter(definition, locked.now);
      if (effect !== 'same-schedule') await skipOverdue(tx, before, locked.now, replacedBy(effect));
      const values = jobValues(definition, version, nextFireAt, updatedBy);
      if (definition.nameRule === 'unique') await requireNewName(tx, definition.name, id);
      const [row] = await tx.query<JobRow>(UPDATE_JOB, [id, ...values]);
      const hasNewDependencies = !isSameJson(definition.dependsOn, before.dependsOn);
      if (hasNewDependencies) await replaceDependencies(tx, before, definition.dependsOn);
      await settleWaiting(tx, before, definition, effect);
      if (hasNewDependencies && definition.dependsOn.length > 0) await holdWaiting(tx, id);
      if (effect !== 'same-schedule') await tx.query(INSERT_HISTORY, [id, locked.now]);
      await announceJobChange(tx);
      return { ...toJob(required(row)), dependsOn: definition.dependsOn };
    });
  }

  async delete(id: JobId, whileActive: WhileActive = 'stop'): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await tx.query(LOCK_FOR_DELETE, [id]);
      await refuseDependents(tx, id);
      await tx.query(LOCK_LIVE, [id]);
      if (whileActive === 'refuse') await refuseActive(tx, id);
      const [gone] = await tx.query<{ deleted: number; running: string[] }>(DELETE_JOB, [id]);
      if (gone === undefined || gone.deleted === 0) return false;
      await announceCancels(tx, gone.running);
      await announceJobChange(tx);
      return true;
    });
  }

  async find(id: JobId): Promise<JobSummary | null> {
    const [row] = await this.database.query<JobSummaryRow>(FIND_JOB, [id]);
    return row === undefined ? null : toJobSummary(row);
  }

  async idOf(number: number): Promise<JobId | null> {
    const [row] = await this.database.query<{ id: JobId }>(JOB_ID_OF, [number]);
    return row?.id ?? null;
  }

  async list(filter: JobFilter, page: PageRequest, order?: JobOrder): Promise<{ items: JobSummary[]; counts: JobCounts }> {
    const matches = matchValues(filter);
    const offset = (page.page - 1) * page.perPage;
    const [rows, [counts]] = await Promise.all([
      this.database.query<JobSummaryRow>(listJobs(filter, order), [...matches, page.perPage, offset]),
      this.database.query<{ total: number; enabled: number; running: number }>(countJobs(filter), matches),
    ]);
    const { total, enabled, running } = required(counts);
    return { items: rows.map(toJobSummary), counts: { total, enabled, disabled: total - enabled, running } };
  }

  async targets(filter: JobFilter, limit: number): Promise<JobTarget[]> {
    return this.database.query<JobTarget>(jobTargets(filter), [...matchValues(filter), limit]);
  }

  async targetsOf(ids: readonly JobId[]): Promise<JobTarget[]> {
    return this.database.query<JobTarget>(TARGETS_OF, [ids]);
  }

  async numbersOf(ids: readonly JobId[]): Promise<ReadonlyMap<JobId, number>> {
    const rows = ids.length === 0 ? [] : await this.database.query<{ id: JobId; number: number }>(NUMBERS_OF, [ids]);
    return new Map(rows.map(({ id, number }) => [id, number]));
  }

  async relations(id: JobId): Promise<JobRelations> {
    const rows = await this.database.query<RelatedJobRow>(RELATED_JOBS, [id]);
    const on = (side: RelatedJobRow['side']): RelatedJob[] => rows.filter((row) => row.side === side).map(toRelatedJob);
    return { dependsOnJobs: on('dependsOn'), dependents: on('dependents') };
  }

  async busiestMinute(instants: readonly Date[], except: JobId | null): Promise<BusyMinute | null> {
    const [minute] = instants.length === 0 ? [] : await this.database.query<{ at: Date; jobs: number }>(BUSIEST_MINUTE, [instants, except]);
    return minute ?? null;
  }

  async recentRuns(ids: readonly JobId[], limit: number): Promise<ReadonlyMap<JobId, readonly RunMark[]>> {
    const rows = ids.length === 0 ? [] : await this.database.query<RunMarkRow>(RECENT_RUNS, [ids, limit]);
    const runs = new Map<JobId, RunMark[]>(ids.map((id) => [id, []]));
    for (const row of rows) runs.get(row.job_id)?.push(toRunMark(row));
    return runs;
  }
}

async function refuseActive(tx: Queryable, id: JobId): Promise<void> {
  const [count] = await tx.query<{ active: number }>(COUNT_ACTIVE, [id]);
  const active = count?.active ?? 0;
  if (active > 0) throw new DomainError('JOB_ACTIVE', `Job has ${String(active)} execution(s) that wait or run`);
}

/** What a change means for the occurrences: nothing, another schedule, a pause, or an end. */
type Effect = 'same-schedule' | 'rescheduled' | 'paused' | 'disabled';

function effectOf(before: ScheduledJob, after: JobDefinition): Effect {
  if (before.isEnabled && !after.isEnabled) return 'disabled';
  if (!before.isPaused && after.isPaused) return 'paused';
  const isSame =
    before.isEnabled === after.isEnabled &&
    before.isPaused === after.isPaused &&
    isSameJson(scheduleToJson(before.bounded.schedule), scheduleToJson(after.bounded.schedule)) &&
    before.bounded.startAt?.getTime() === after.bounded.startAt?.getTime() &&
    before.bounded.endAt?.getTime() === after.bounded.endAt?.getTime();
  return isSame ? 'same-schedule' : 'rescheduled';
}

/** Why an occurrence of the old definition does not start. */
function replacedBy(effect: Effect): SkipReason {
  return effect === 'paused' ? 'paused' : 'superseded';
}

/** After this nothing that waits starts under the old definition. */
async function settleWaiting(tx: Queryable, before: ScheduledJob, after: JobDefinition, effect: Effect): Promise<void> {
  await tx.query(LOCK_LIVE, [before.id]);
  if (effect !== 'same-schedule') {
    await tx.query(SUPERSEDE_WAITING, [before.id, replacedBy(effect)]);
  }
  if (effect === 'disabled') {
    await tx.query(CANCEL_WAITING, [before.id]);
    return;
  }
  await tx.query(REFRESH_WAITING, [before.id, toJsonb(before.args)]);
  if (after.policies.maxInstances < before.policies.maxInstances) {
    await tx.query(HOLD_EXCESS, [before.id, after.policies.maxInstances]);
  }
}

/** Values in the order of the statements' columns. */
function jobValues(
  definition: JobDefinition,
  scheduleVersion: number,
  nextFireAt: Date | null,
  updatedBy: UserId | null,
): unknown[] {
  const { policies, bounded } = definition;
  const { retryCount, backoff } = policies.retry;
  return [
    storable(definition.name),
    definition.description === null ? null : storable(definition.description),
    definition.taskFunctionId,
    definition.jobTypeId,
    toJsonb(definition.scheduleConfig),
    bounded.schedule === UNREADABLE_SCHEDULE ? null : toJsonb(scheduleToJson(bounded.schedule)),
    bounded.startAt,
    bounded.endAt,
    toJsonb(definition.args),
    policies.maxInstances,
    policies.timeoutMs,
    retryCount,
    backoff.delayMs,
    backoff.kind,
    backoff.factor,
    backoff.maxDelayMs,
    backoff.jitter,
    policies.overlap,
    policies.catchUp.mode,
    policies.catchUp.windowMs,
    policies.onWorkerLost,
    policies.priority,
    definition.isEnabled,
    definition.isPaused,
    scheduleVersion,
    nextFireAt,
    updatedBy,
  ];
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The database returned no row where it must');
  return value;
}
