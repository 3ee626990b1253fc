/**
 * Shapes of the native API (`/api/v1/scheduler`) as the browser gets them. Instants are ISO 8601 in UTC with Z, durations are
 * seconds with decimals. `api/contract.ts` has the answers of single routes.
 */

export const STATUSES = ['pending', 'dispatched', 'running', 'success', 'failed', 'timeout', 'cancelled', 'skipped'] as const;
export type Status = (typeof STATUSES)[number];
export type AttemptStatus = 'running' | 'success' | 'failed' | 'timeout' | 'cancelled' | 'lost';
export type Trigger = 'scheduler' | 'manual' | 'api' | 'dependency';
export type JobState = 'enabled' | 'disabled' | 'paused';
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = Record<string, Json>;

export const PERMISSIONS = ['TaskRead', 'TaskWrite', 'TaskDelete', 'WorkerRead', 'WorkerWrite', 'SystemRead', 'SystemWrite', 'Admin'] as const;
export type Permission = (typeof PERMISSIONS)[number];
export const ROLES = ['Admin', 'Operator', 'Viewer'] as const;
export type Role = (typeof ROLES)[number];

// ---- catalogue

export interface TaskFunction {
  id: number;
  name: string;
  displayName: string;
  description: string | null;
  handlerPath: string;
  handlerType: string;
  queue: string;
  defaultTimeoutSeconds: number;
  /** JSON schema of `taskArgs`; null accepts any object. */
  argumentSchema: JsonObject | null;
  isActive: boolean;
  isSystem: boolean;
  createdAt: string;
}

export interface JobType {
  id: number;
  name: 'interval' | 'cron' | 'once';
  displayName: string;
  description: string;
}

// ---- jobs

/** One bar of the last runs. */
export interface RunMark {
  id: string;
  number: number;
  status: Status;
  reason: string | null;
  trigger: string;
  scheduledFor: string;
  startedAt: string | null;
  durationSeconds: number | null;
}

export interface Job {
  id: string;
  number: number;
  name: string;
  description: string | null;
  taskFunctionId: number;
  taskFunctionName: string;
  taskFunctionDisplayName: string;
  queue: string;
  jobTypeId: number;
  scheduleConfig: JsonObject;
  /** The schedule in words. */
  scheduleText: string;
  timezone: string;
  scheduleVersion: number;
  taskArgs: JsonObject | null;
  maxInstances: number;
  timeoutSeconds: number;
  retryCount: number;
  retryDelaySeconds: number;
  retryBackoff: string;
  retryMaxDelaySeconds: number;
  retryJitter: number;
  overlapPolicy: string;
  catchUp: { mode: string; windowSeconds: number };
  onWorkerLost: string;
  priority: number;
  startAt: string | null;
  endAt: string | null;
  isEnabled: boolean;
  isPaused: boolean;
  state: JobState;
  isRunning: boolean;
  /** Ended runs in a row, newest first, that did not succeed; at most 20. */
  failureStreak: number;
  nextRunTime: string | null;
  lastRunTime: string | null;
  lastStatus: Status | null;
  createdAt: string;
  updatedAt: string;
  createdBy: string | null;
  updatedBy: string | null;
  /** With `include=recent`: the last 20, oldest first. */
  recentRuns?: RunMark[];
}

export interface JobStatistics {
  total: number;
  succeeded: number;
  failed: number;
  /** 0..100 with two decimals. */
  successRate: number | null;
  averageDurationSeconds: number | null;
  minDurationSeconds: number | null;
  maxDurationSeconds: number | null;
  medianDurationSeconds: number | null;
  p95DurationSeconds: number | null;
  last24Hours: number;
  last7Days: number;
  last30Days: number;
  lastSuccessAt: string | null;
  lastFailureAt: string | null;
}

export interface LinkedJob {
  id: string;
  number: number;
  name: string;
  lastStatus: Status | null;
}

export interface JobDetail extends Job {
  taskFunction: TaskFunction;
  jobType: JobType;
  recentExecutions: Execution[];
  dependsOn: LinkedJob[];
  dependents: LinkedJob[];
  statistics: JobStatistics;
}

/** What creating and changing take; a change may leave out everything. */
export interface JobInput {
  name: string;
  description?: string | null;
  taskFunctionId: number;
  jobTypeId: number;
  scheduleConfig: JsonObject;
  taskArgs?: JsonObject | null;
  maxInstances?: number;
  timeoutSeconds?: number;
  retryCount?: number;
  retryDelaySeconds?: number;
  retryBackoff?: string;
  retryMaxDelaySeconds?: number;
  retryJitter?: number;
  overlapPolicy?: string;
  catchUp?: { mode: string; windowSeconds?: number };
  onWorkerLost?: string;
  priority?: number;
  startAt?: string | null;
  endAt?: string | null;
  isEnabled?: boolean;
  isPaused?: boolean;
  dependsOn?: string[];
}

export interface RunCell extends RunMark {
  attempt: number;
  finishedAt: string | null;
  workerId: string | null;
  error: string | null;
}

// ---- executions

export interface Execution {
  id: string;
  number: number;
  jobId: string;
  jobName: string;
  queue: string;
  celeryTaskId: string | null;
  status: Status;
  reason: string | null;
  scheduledFor: string;
  startedAt: string | null;
  completedAt: string | null;
  durationSeconds: number | null;
  queueWaitSeconds: number | null;
  result: Json;
  errorMessage: string | null;
  triggeredBy: Trigger;
  triggeredByUserId: string | null;
  triggeredByName: string | null;
  taskFunction: string;
  taskArgs: JsonObject | null;
  attempt: number;
  maxAttempts: number;
  nextAttemptAt: string | null;
  cancelRequestedAt: string | null;
  workerId: string | null;
  workerName: string | null;
  exitCode: number | null;
  peakMemoryBytes: number | null;
  averageMemoryBytes: number | null;
  progress: number | null;
  createdAt: string;
}

export interface Attempt {
  attempt: number;
  status: AttemptStatus;
  startedAt: string;
  completedAt: string | null;
  durationSeconds: number | null;
  result: Json;
  errorMessage: string | null;
  exitCode: number | null;
  workerId: string | null;
}

export interface ExecutionDetail extends Execution {
  attempts: Attempt[];
  previousId: string | null;
  nextId: string | null;
  job: { id: string; name: string; timezone: string; state: JobState };
}

export interface LogEntry {
  seq: number;
  attempt: number;
  timestamp: string;
  /** `stdout`, `stderr`, `system` (what Takt itself has to say, e.g. that output was cut), or what a task function named it. */
  stream: string;
  message: string;
}

// ---- platform

export type WorkerStatus = 'alive' | 'draining' | 'clock_skew' | 'stopped' | 'down';

export interface Worker {
  id: string;
  name: string;
  hostname: string;
  ipAddress: string | null;
  pid: number;
  version: string;
  status: WorkerStatus;
  isAlive: boolean;
  queues: string[];
  taskTypes: string[];
  concurrency: number;
  slotsInUse: number;
  isolation: string | null;
  clockSkewSeconds: number | null;
  registeredAt: string;
  lastHeartbeat: string;
  uptimeSeconds: number;
}

export interface WorkerDetail extends Worker {
  statistics: {
    succeeded: number;
    failed: number;
    averageDurationSeconds: number | null;
    last24Hours: number;
    last7Days: number;
    lastFinishedAt: string | null;
  };
  runningExecutions: Execution[];
}

export interface SchedulerInstance {
  id: string;
  hostname: string;
  pid: number;
  isLeader: boolean;
  leaderSince: string | null;
  lastHeartbeat: string;
  startedAt: string;
  version: string;
}

export interface SchedulerStatus {
  isRunning: boolean;
  leaderInstance: SchedulerInstance | null;
  totalJobs: number;
  enabledJobs: number;
  runningJobs: number;
  overdueJobs: number;
  nextScheduledJob: { id: string; name: string; nextRunTime: string } | null;
  instances: SchedulerInstance[];
}

export interface QueueInfo {
  name: string;
  taskFunctions: string[];
  workers: number;
  waiting: number;
  running: number;
  oldestWaitingSeconds: number | null;
  /** Null when the queue store did not answer in time. */
  broker: { waiting: number; active: number; delayed: number; prioritized: number; completed: number; failed: number; paused: boolean } | null;
}

export type HealthStatus = 'ok' | 'degraded' | 'down';

export interface HealthCheck {
  name: 'api' | 'database' | 'queue' | 'scheduler' | 'workers';
  status: HealthStatus;
  message: string;
  since: string | null;
}

export interface Me {
  id: string;
  username: string | null;
  email: string | null;
  role: Role | null;
  permissions: Permission[];
  authenticatedBy: 'token' | 'api-key';
}

export interface Meta {
  version: string;
  queueBackend: 'redis' | 'postgres';
  mode: 'local' | 'production';
  environmentLabel: string | null;
  defaultTimezone: string;
  documentation: string;
  bullBoard: string;
  metrics: boolean;
}

export interface AuditEntry {
  id: number;
  at: string;
  actor: { type: string; id: string | null; name: string | null };
  action: string;
  object: { type: string; id: string | null; name: string | null };
  ipAddress: string | null;
  details: JsonObject | null;
}

export interface User {
  id: string;
  username: string;
  email: string | null;
  role: Role;
  isActive: boolean;
  createdAt: string;
  lastLoginAt: string | null;
  activeSessions: number;
}

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  permissions: Permission[];
  createdBy: { id: string; username: string };
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  isRevoked: boolean;
  isExpired: boolean;
}
