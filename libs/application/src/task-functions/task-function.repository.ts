import type { PageRequest } from '../page.js';
import type { TaskFunction } from './task-function.js';

/** The task functions that jobs can name. */
export abstract class TaskFunctionRepository {
  /** One page by id, and the exact number of matches. */
  abstract list(filter: { isActive?: boolean }, page: PageRequest): Promise<{ items: TaskFunction[]; total: number }>;
  /** Null when there is none. */
  abstract find(id: number): Promise<TaskFunction | null>;
  /** Null when there is none. */
  abstract findByName(name: string): Promise<TaskFunction | null>;
  /** Names of all queues that task functions go to, distinct. */
  abstract queueNames(): Promise<string[]>;
}
