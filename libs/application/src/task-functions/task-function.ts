import type { JsonObject } from '#domain/json.js';

/** Named code or command type that a job can run. */
export interface TaskFunction {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly handlerPath: string;
  readonly handlerType: string;
  /** Name of the queue its executions go to. */
  readonly queue: string;
  readonly defaultTimeoutMs: number;
  /** JSON schema of the arguments; null accepts any object. */
  readonly argumentSchema: JsonObject | null;
  readonly isActive: boolean;
  /** Jobs of a system function cannot be deleted. */
  readonly isSystem: boolean;
  readonly createdAt: Date;
}

/** Kind of schedule a job has. */
export interface JobType {
  readonly id: number;
  readonly name: 'interval' | 'cron' | 'once';
  readonly displayName: string;
  readonly description: string;
}

/** The job types, by id (document 001 and rulings). */
export const JOB_TYPES: readonly JobType[] = [
  { id: 1, name: 'interval', displayName: 'Interval', description: 'Run at fixed time intervals' },
  { id: 2, name: 'cron', displayName: 'Cron', description: 'Run on cron schedule' },
  { id: 3, name: 'once', displayName: 'Once', description: 'Run once at a given time' },
];

/** Finds a job type by its id; undefined for an unknown one. */
export function jobTypeById(id: number): JobType | undefined {
  return JOB_TYPES.find((type) => type.id === id);
}
