import type { WorkerId } from '#domain/ids.js';
import type { PageRequest } from '../page.js';

export const WORKER_STATUSES = ['alive', 'draining', 'clock_skew', 'stopped', 'down'] as const;
export type WorkerStatus = (typeof WORKER_STATUSES)[number];

/** What a worker says of itself when it starts. */
export interface WorkerDescription {
  readonly id: WorkerId;
  readonly name: string;
  readonly hostname: string;
  readonly ipAddress: string;
  readonly pid: number;
  readonly version: string;
  readonly queues: readonly string[];
  readonly taskTypes: readonly string[];
  /** Executions that it runs at a time, over all queues. */
  readonly concurrency: number;
  /** Level of isolation that its task processes get; null when unknown. */
  readonly isolation: string | null;
}

/** A worker as the registry knows it. */
export interface WorkerRecord extends WorkerDescription {
  readonly status: WorkerStatus;
  readonly slotsInUse: number;
  readonly clockSkewMs: number | null;
  readonly registeredAt: Date;
  readonly lastHeartbeatAt: Date;
  /** By the store's clock at the moment of reading: it neither said goodbye nor is silent for `WORKER_DOWN_MS`. */
  readonly isAlive: boolean;
  /** From its start until now, of one that is not alive until its last heartbeat, milliseconds. */
  readonly uptimeMs: number;
}

/** A worker without a heartbeat for this long is down, milliseconds (rulings: 30 s). */
export const WORKER_DOWN_MS = 30_000;

/** Registry of worker processes. */
export abstract class WorkerRegistry {
  abstract register(worker: WorkerDescription): Promise<void>;
  /** @returns milliseconds by which this machine's clock is ahead of the database's; null: not registered (any more) */
  abstract heartbeat(id: WorkerId, state: { status: WorkerStatus; slotsInUse: number }): Promise<number | null>;
  /**
   * Whether a worker was heard of within `WORKER_DOWN_MS` that has the task function and consumes the queue; one that said
   * goodbye since counts, it may be restarting.
   */
  abstract isServed(queue: string, taskFunction: string): Promise<boolean>;
  /** One page, newest start first, and the exact number of matches. A worker is listed for a day after its last heartbeat. */
  abstract list(filter: { readonly isAlive?: boolean }, page: PageRequest): Promise<{ items: WorkerRecord[]; total: number }>;
  /** By id; else by name, and of several that have it (a process that started again) the newest. Null when there is none. */
  abstract find(idOrName: string): Promise<WorkerRecord | null>;
}
