import type { InstanceId, JobId } from '#domain/ids.js';

/** What an instance says of itself when it starts. */
export type SchedulerDescription = Pick<SchedulerInstance, 'id' | 'hostname' | 'pid' | 'version'>;

/** A process with the scheduler role. */
export interface SchedulerInstance {
  readonly id: InstanceId;
  readonly hostname: string;
  readonly pid: number;
  readonly isLeader: boolean;
  /** Start of its present reign; null unless it leads. */
  readonly leaderSince: Date | null;
  readonly lastHeartbeatAt: Date;
  readonly startedAt: Date;
  readonly version: string;
}

/** What the scheduler as a whole is doing. */
export interface SchedulerStatus {
  /** Some instance is alive. */
  readonly isRunning: boolean;
  /** Alive instances, the leader first. */
  readonly instances: readonly SchedulerInstance[];
  readonly totalJobs: number;
  readonly enabledJobs: number;
  /** Jobs with a running execution. */
  readonly runningJobs: number;
  readonly nextJob: { readonly id: JobId; readonly name: string; readonly nextFireAt: Date } | null;
  /** Jobs whose next fire is overdue by more than `OVERDUE_MS`, those that are set aside left out. */
  readonly overdueJobs: number;
  /** Jobs that the planner has set aside because their stored schedule cannot be read. */
  readonly unreadableJobs: number;
}

/** A fire that is later than this is overdue, and the service says that it is not well, milliseconds. */
export const OVERDUE_MS = 10_000;

/** Registry of scheduler instances and the overview made of it. */
export abstract class SchedulerRegistry {
  abstract register(instance: SchedulerDescription): Promise<void>;
  /** @returns milliseconds by which this machine's clock is ahead of the database's; null: not registered (any more) */
  abstract heartbeat(id: InstanceId): Promise<number | null>;
  /** Takes the instance off the list. */
  abstract deregister(id: InstanceId): Promise<void>;
  abstract status(): Promise<SchedulerStatus>;
}
