import type { PageRequest } from '../page.js';
import type { TaskFunction } from './task-function.js';

/** What a worker says of a function that was added to it. */
export type UserFunction = Pick<
  TaskFunction,
  'name' | 'displayName' | 'description' | 'queue' | 'defaultTimeoutMs' | 'argumentSchema'
>;

/** What a list of task functions is narrowed by. */
export interface TaskFunctionFilter {
  readonly id?: number;
  readonly isActive?: boolean;
  /** Part of the name, the display name, the description or the queue, in any case, taken literally. */
  readonly q?: string;
}

/** The task functions that jobs can name. */
export abstract class TaskFunctionRepository {
  /** One page by id, and the exact number of matches. */
  abstract list(filter: TaskFunctionFilter, page: PageRequest): Promise<{ items: TaskFunction[]; total: number }>;
  /** Null when there is none. */
  abstract find(id: number): Promise<TaskFunction | null>;
  /** Null when there is none. */
  abstract findByName(name: string): Promise<TaskFunction | null>;
  /** Names of all queues that task functions go to, distinct. */
  abstract queueNames(): Promise<string[]>;
  /**
   * Makes functions that a worker brings along known, by name: new ones get the next id from `FIRST_USER_FUNCTION_ID` on,
   * known ones of users are brought up to date, those of the catalogue stay as they are.
   */
  abstract register(functions: readonly UserFunction[]): Promise<void>;
}
