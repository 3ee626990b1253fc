import type { CatchUpMode, OverlapPolicy } from '#domain/job/scheduled-job.js';
import { newId, type ExecutionId, type JobId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import type { OccurrenceDecision } from '#domain/planning/plan-occurrences.js';
import { PlanStore, type DueJob, type JobPlan, type PlannedChunk } from '#application/scheduling/plan-store.js';
import type { QueueItem } from '#application/scheduling/queue-item.js';
import type { Database, Queryable } from '../database.js';
import { announceCancels } from '../notifications.js';
import { readSchedule } from '../jobs/job-row.js';
import { columns, toJsonb, type BigIntText } from '../rows.js';
import {
  CANCEL_LIVE,
  COUNT_LIVE,
  DATABASE_NOW,
  INSERT_GAPS,
  INSERT_OCCURRENCES,
  JOBS_WITH_HELD,
  LOCK_DUE_JOBS,
  LOCK_JOBS,
  MOVE_CURSORS,
  NEXT_FIRE,
  RELEASE_HELD,
  SET_ASIDE,
} from './plan-statements.js';
import { toQueueItem, type QueueItemRow } from './queue-item-row.js';

interface DueRow {
  id: string;
  schedule: JsonObject;
  start_at: Date | null;
  end_at: Date | null;
  next_fire_at: Date;
  max_instances: number;
  overlap_policy: OverlapPolicy;
  catch_up_mode: CatchUpMode;
  catch_up_window_ms: BigIntText;
  schedule_version: number;
  task_args: JsonObject | null;
  timeout_ms: number;
  priority: number;
  task_function: string;
  queue: string;
  has_dependencies: boolean;
}

/** What a new execution waits for before it may start: an instance slot, its dependencies, or nothing. */
type Hold = 'slot' | 'dependency' | null;

/** An occurrence that becomes a row, beside the job it belongs to. */
interface NewRow {
  readonly id: ExecutionId;
  readonly row: DueRow;
  readonly decision: Exclude<OccurrenceDecision, { kind: 'gap' }>;
}

const EMPTY_CHUNK: PlannedChunk = { jobs: 0, unreadable: [], isBehind: false, items: [], outcomes: {}, latenessMs: [], awaiting: [] };

export class PostgresPlanStore extends PlanStore {
  constructor(private readonly database: Database) {
    super();
  }

  async planDue(limit: number, decide: (job: DueJob, now: Date) => JobPlan): Promise<PlannedChunk> {
    return this.database.transaction(async (tx) => {
      const due = await tx.query<DueRow>(LOCK_DUE_JOBS, [limit]);
      if (due.length === 0) return EMPTY_CHUNK;
      const jobs = (await withLiveCounts(tx, due)).filter((job) => job !== null);
      const [clock] = await tx.query<{ now: Date }>(DATABASE_NOW);
      const now = clock?.now ?? new Date(Number.NaN);
      const problems = new Map<string, string>();
      const plans = jobs.flatMap((job) => planOrNone(job, { now, decide, problems }));
      const chunk = await this.write(tx, due, plans, now);
      if (plans.length === due.length) return chunk;
      const unreadable = await setAside(tx, due, plans, problems);
      return { ...chunk, unreadable, outcomes: { ...chunk.outcomes, unreadable: unreadable.length } };
    });
  }

  async msUntilNextFire(): Promise<number | null> {
    const [row] = await this.database.query<{ ms: string | null }>(NEXT_FIRE);
    return row?.ms === null || row?.ms === undefined ? null : Number(row.ms);
  }

  async releaseHeld(jobIds?: readonly JobId[]): Promise<QueueItem[]> {
    const candidates = jobIds ?? (await this.jobsWithHeld());
    if (candidates.length === 0) return [];
    return this.database.transaction(async (tx) => {
      const locked = await tx.query<{ id: string }>(LOCK_JOBS, [candidates]);
      if (locked.length === 0) return [];
      const rows = await tx.query<QueueItemRow & { hold: Hold }>(RELEASE_HELD, [locked.map(({ id }) => id)]);
      return rows.filter(({ hold }) => hold === null).map(toQueueItem);
    });
  }

  private async jobsWithHeld(): Promise<JobId[]> {
    const rows = await this.database.query<{ job_id: JobId }>(JOBS_WITH_HELD);
    return rows.map((row) => row.job_id);
  }

  private async write(tx: Queryable, due: readonly DueRow[], plans: readonly JobPlan[], now: Date): Promise<PlannedChunk> {
    const rowOf = new Map(due.map((row) => [row.id, row]));
    const cancelling = plans.filter((plan) => plan.cancelsLive).map((plan) => plan.job.id);
    if (cancelling.length > 0) await cancelLive(tx, cancelling);
    const fresh = newRows(plans, rowOf);
    const inserted = await insertOccurrences(tx, fresh, now);
    await insertGaps(tx, plans, rowOf);
    await tx.query(MOVE_CURSORS, columns(plans, (plan) => plan.job.id, (plan) => plan.nextFireAt));
    return summarise(plans, fresh.filter(({ id }) => inserted.has(id)), now);
  }
}

interface Deciding {
  readonly now: Date;
  readonly decide: (job: DueJob, now: Date) => JobPlan;
  /** Why a job has no plan, by its id; is filled. */
  readonly problems: Map<string, string>;
}

/** A plan that cannot be made, whatever the reason, must not keep the others of its transaction from being made. */
function planOrNone(job: DueJob, { now, decide, problems }: Deciding): JobPlan[] {
  try {
    return [decide(job, now)];
  } catch (error) {
    problems.set(job.id, error instanceof Error ? error.message : String(error));
    return [];
  }
}

/** @returns the jobs that were due and have no plan; those without a problem of their own have a schedule that cannot be read */
async function setAside(
  tx: Queryable,
  due: readonly DueRow[],
  plans: readonly JobPlan[],
  problems: ReadonlyMap<string, string>,
): Promise<PlannedChunk['unreadable']> {
  const planned = new Set<string>(plans.map(({ job }) => job.id));
  const ids = due.map(({ id }) => id as JobId).filter((id) => !planned.has(id));
  await tx.query(SET_ASIDE, [ids]);
  return ids.map((jobId) => ({ jobId, problem: problems.get(jobId) ?? 'its schedule cannot be read' }));
}

/** Null stands for a job whose schedule this release cannot read: it stays overdue, which is shown, and holds up no other. */
async function withLiveCounts(tx: Queryable, due: readonly DueRow[]): Promise<(DueJob | null)[]> {
  const counts = await tx.query<{ job_id: string; admitted: number; waiting: number }>(COUNT_LIVE, [
    due.map((row) => row.id),
  ]);
  const byJob = new Map(counts.map((count) => [count.job_id, count]));
  return due.map((row) => {
    const schedule = readSchedule(row.schedule);
    if (schedule === null) return null;
    return {
      id: row.id as JobId,
      bounded: { schedule, startAt: row.start_at, endAt: row.end_at },
      nextFireAt: row.next_fire_at,
      maxInstances: row.max_instances,
      overlap: row.overlap_policy,
      catchUp: { mode: row.catch_up_mode, windowMs: Number(row.catch_up_window_ms) },
      admitted: byJob.get(row.id)?.admitted ?? 0,
      waiting: byJob.get(row.id)?.waiting ?? 0,
    };
  });
}

async function cancelLive(tx: Queryable, jobIds: readonly JobId[]): Promise<void> {
  const cancelled = await tx.query<{ id: string; status: string }>(CANCEL_LIVE, [jobIds]);
  await announceCancels(
    tx,
    cancelled.filter(({ status }) => status === 'running').map(({ id }) => id),
  );
}

function newRows(plans: readonly JobPlan[], rowOf: ReadonlyMap<string, DueRow>): NewRow[] {
  return plans.flatMap((plan) => {
    const row = rowOf.get(plan.job.id);
    if (row === undefined) return [];
    return plan.occurrences.flatMap((decision) =>
      decision.kind === 'gap' ? [] : [{ id: newId<ExecutionId>(), row, decision }],
    );
  });
}

async function insertOccurrences(tx: Queryable, fresh: readonly NewRow[], now: Date): Promise<Set<string>> {
  if (fresh.length === 0) return new Set();
  const argsOf = jsonbOnce();
  const inserted = await tx.query<{ id: string }>(
    INSERT_OCCURRENCES,
    [...columns(
      fresh,
      ({ id }) => id,
      ({ row }) => row.id,
      ({ decision }) => decision.scheduledFor,
      ({ row }) => row.schedule_version,
      ({ decision }) => (decision.kind === 'run' ? 'pending' : 'skipped'),
      ({ decision }) => (decision.kind === 'run' ? null : decision.reason),
      holdOf,
      ({ row }) => row.task_function,
      ({ row }) => row.queue,
      ({ row }) => row.priority,
      ({ row }) => argsOf(row),
      ({ row }) => row.timeout_ms,
    ), now],
  );
  return new Set(inserted.map(({ id }) => id));
}

function holdOf({ row, decision }: NewRow): Hold {
  if (decision.kind === 'skip') return null;
  if (decision.held) return 'slot';
  return row.has_dependencies ? 'dependency' : null;
}

/** Arguments as text, written once for all occurrences of a job. */
function jsonbOnce(): (row: DueRow) => string | null {
  const known = new Map<DueRow, string | null>();
  return (row) => {
    if (row.task_args === null) return null;
    let text = known.get(row);
    if (text === undefined) known.set(row, (text = toJsonb(row.task_args)));
    return text;
  };
}

async function insertGaps(tx: Queryable, plans: readonly JobPlan[], rowOf: ReadonlyMap<string, DueRow>): Promise<void> {
  const gaps = plans.flatMap((plan) =>
    plan.occurrences.flatMap((decision) => (decision.kind === 'gap' ? [{ jobId: plan.job.id, ...decision }] : [])),
  );
  if (gaps.length === 0) return;
  await tx.query(
    INSERT_GAPS,
    columns(
      gaps,
      () => newId(),
      (gap) => gap.jobId,
      (gap) => gap.from,
      (gap) => gap.to,
      (gap) => gap.count,
      (gap) => gap.reason,
      (gap) => rowOf.get(gap.jobId)?.schedule_version ?? 0,
    ),
  );
}

function summarise(plans: readonly JobPlan[], inserted: readonly NewRow[], now: Date): PlannedChunk {
  const outcomes: Record<string, number> = {};
  const count = (outcome: string, by: number): void => {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + by;
  };
  const items: QueueItem[] = [];
  const latenessMs: number[] = [];
  const awaiting = new Set<JobId>();
  for (const fresh of inserted) {
    const { id, row, decision } = fresh;
    const hold = holdOf(fresh);
    if (decision.kind === 'skip') count(decision.reason, 1);
    else if (hold === 'slot') count('held', 1);
    else if (hold === 'dependency') {
      count('awaiting', 1);
      awaiting.add(row.id as JobId);
    } else {
      count('run', 1);
      latenessMs.push(now.getTime() - decision.scheduledFor.getTime());
      items.push(toQueueItem({ ...row, id, attempt: 0 }));
    }
  }
  for (const plan of plans) {
    for (const decision of plan.occurrences) if (decision.kind === 'gap') count(decision.reason, decision.count);
  }
  const isBehind = plans.some(({ nextFireAt }) => nextFireAt !== null && nextFireAt <= now);
  return { jobs: plans.length, unreadable: [], isBehind, items, outcomes, latenessMs, awaiting: [...awaiting] };
}
