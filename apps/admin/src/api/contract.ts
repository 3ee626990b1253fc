/** Queries and answers of single routes; the things they are made of are in `types.ts`. */
import type { ApiKey, AuditEntry, Execution, Job, LogEntry, QueueInfo, RunCell, Status, Trigger, User, Worker, HealthCheck, HealthStatus, JobState, TaskFunction } from './types';

export type JobFilterStatus = 'enabled' | 'disabled' | 'paused' | 'running' | 'failing' | 'late' | 'never_run';
export type JobSort = 'created' | 'name' | 'next_run' | 'last_run' | 'failures';

/** `GET jobs`; members are the wire's own names. Null and '' are left out of the request. */
export interface JobFilter {
  q?: string | null;
  status?: JobFilterStatus | null;
  task_function_id?: number | null;
  job_type_id?: number | null;
  queue?: string | null;
  timezone?: string | null;
  is_enabled?: boolean;
}

export interface JobListQuery extends JobFilter {
  sort?: JobSort | `-${JobSort}` | null;
  include?: 'recent';
  /** Part of the name alone. */
  name?: string;
  /** Of the others only these; comma list. */
  ids?: string;
  page?: number;
  per_page?: number;
}

export interface JobList {
  jobs: Job[];
  total: number;
  enabledCount: number;
  disabledCount: number;
  runningCount: number;
}

export interface JobRunsQuery {
  limit?: 10 | 25 | 50 | 100;
  before?: string | null;
  after?: string | null;
  around?: string | null;
}

export interface JobRuns {
  /** Oldest first. */
  runs: RunCell[];
  hasOlder: boolean;
  hasNewer: boolean;
}

export type JobBulkAction = 'enable' | 'disable' | 'pause' | 'resume' | 'trigger' | 'delete';

/** Either `ids`, or `filter` with the count that the user saw and agreed to. */
export type JobBulk = { action: JobBulkAction; ids: string[] } | { action: JobBulkAction; filter: JobFilter; expectedCount: number };

export interface JobBulkResult {
  matched: number;
  changed: number;
  failed: { id: string; name: string; detail: string }[];
}

export interface Triggered {
  jobId: string;
  executionId: string;
  celeryTaskId: string;
  message: string;
}

export interface SchedulePreviewInput {
  jobTypeId: number;
  scheduleConfig: Record<string, unknown>;
  startAt?: string | null;
  endAt?: string | null;
  count?: number;
  /** Fire times after this instead of after now. */
  after?: string | null;
  /** Ask for `busiestMinute`. */
  withOtherJobs?: boolean;
  /** The job that has the schedule: none of the others. */
  jobId?: string | null;
}

export interface SchedulePreview {
  valid: boolean;
  description: string | null;
  timezone: string | null;
  /** `gap`: moved here because the clocks jumped over its time; `fold`: the clocks show its local time twice. */
  nextRuns: { utc: string; local: string; dst: 'gap' | 'fold' | null }[];
  errors: { loc: (string | number)[]; msg: string; type: string }[];
  /** Of the minutes of the runs the one in which most other jobs are due; null when none are. Only when it was asked for. */
  busiestMinute?: { at: string; otherJobs: number } | null;
}

export interface ExecutionFilter {
  job_id?: string | null;
  /** Comma list. */
  status?: string | null;
  trigger?: string | null;
  task_function_id?: number | null;
  queue?: string | null;
  worker_id?: string | null;
  from?: string | null;
  to?: string | null;
  min_duration_seconds?: number | null;
  max_duration_seconds?: number | null;
  q?: string | null;
}

export interface ExecutionListQuery extends ExecutionFilter {
  page?: number;
  per_page?: number;
  cursor?: string | null;
}

export interface ExecutionList {
  executions: Execution[];
  total: number;
  nextCursor: string | null;
}

export interface ExecutionFacets {
  from: string;
  to: string;
  bucketSeconds: number;
  buckets: { at: string; counts: Partial<Record<Status, number>> }[];
  statuses: Partial<Record<Status, number>>;
  triggers: Partial<Record<Trigger, number>>;
  /** `id` is null for one that is gone. */
  taskFunctions: { id: number | null; name: string; displayName: string; count: number }[];
  queues: { name: string; count: number }[];
  jobs: { id: string; name: string; count: number }[];
  /** `name` is null for one that is gone. */
  workers: { id: string; name: string | null; count: number }[];
  /** Only the newest 50,000 executions of the range were looked at. */
  isCapped: boolean;
}

export interface ExecutionBulkResult {
  matched: number;
  changed: number;
  failed: { id: string; detail: string }[];
}

export interface LogQuery {
  after?: number;
  /** The end of what precedes this one. */
  before?: number;
  from?: 'start' | 'end';
  limit?: number;
  q?: string | null;
  attempt?: number | null;
}

export interface LogPage {
  executionId: string;
  logs: LogEntry[];
  nextAfter: number;
  /** Behind the page; before it, when it was asked for by `before` or from the end. */
  hasMore: boolean;
  /** From the end only: lines of all output so far. */
  totalLines: number | null;
}

export interface OutcomeCounts {
  success: number;
  failed: number;
  timeout: number;
  cancelled: number;
  skipped: number;
}

export interface Overview {
  at: string;
  jobs: { total: number; enabled: number; disabled: number; paused: number; running: number; failing: number; overdue: number };
  executions: { running: number; waiting: number; oldestWaitingSeconds: number | null };
  last24Hours: OutcomeCounts & { successRate: number | null };
  previous24Hours: OutcomeCounts & { successRate: number | null };
  /** 24, oldest first. */
  hourly: (OutcomeCounts & { at: string })[];
}

export interface Attention {
  failing: { jobId: string; name: string; streak: number; executionId: string; error: string | null; at: string }[];
  missed: { jobId: string; name: string; executionId: string; scheduledFor: string; reason: string }[];
  neverRun: { jobId: string; name: string; createdAt: string }[];
  overdue: { jobId: string; name: string; nextRunTime: string; lateSeconds: number }[];
  expiringKeys: { id: string; name: string; expiresAt: string }[];
}

export interface TimelineQuery {
  from?: string | null;
  to?: string | null;
  limit?: number;
}

export interface TimelineExecution {
  id: string;
  number: number;
  status: Status;
  trigger: string;
  scheduledFor: string;
  startedAt: string | null;
  finishedAt: string | null;
}

export interface Timeline {
  from: string;
  to: string;
  now: string;
  /** Busiest first. `projected` are instants still to come. */
  rows: { jobId: string; name: string; timezone: string; state: JobState; executions: TimelineExecution[]; projected: string[] }[];
  otherJobs: number;
  isCapped: boolean;
}

export interface WorkerListQuery {
  status?: 'alive' | 'down' | null;
  page?: number;
  per_page?: number;
}

export interface WorkerList {
  workers: Worker[];
  total: number;
}

export interface QueueList {
  backend: 'redis' | 'postgres';
  queues: QueueInfo[];
}

export interface Health {
  status: HealthStatus;
  checks: HealthCheck[];
}

export interface AuditQuery {
  actor?: string | null;
  action?: string | null;
  object_type?: string | null;
  object_id?: string | null;
  from?: string | null;
  to?: string | null;
  cursor?: string | null;
  per_page?: number;
}

export interface AuditPage {
  entries: AuditEntry[];
  nextCursor: string | null;
}

export interface UserListQuery {
  q?: string | null;
  page?: number;
  per_page?: number;
}

export interface UserList {
  users: User[];
  total: number;
}

export interface ApiKeyList {
  keys: ApiKey[];
  total: number;
}

export interface TaskFunctionListQuery {
  id?: number;
  q?: string | null;
  is_active?: 'true' | 'false' | null;
  page?: number;
  per_page?: number;
}

export interface TaskFunctionList {
  taskFunctions: TaskFunction[];
  total: number;
}
