import { expect } from 'vitest';
import { createTestDatabase } from '#testing/stores.js';
import { startApi, type Answer, type ApiUnderTest, type Send } from './api-under-test.js';
import { DocumentedAnswers } from './documented-answers.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
export const anInstant = expect.stringMatching(INSTANT) as string;
export const aNumber = expect.any(Number) as number;
/** A number that no task has. */
export const UNKNOWN_TASK = 2_000_000_000;

export interface Task {
  readonly id: number;
  readonly [member: string]: unknown;
}

export interface Page {
  readonly items: Task[];
  readonly total: number;
  readonly page: number;
  readonly page_size: number;
  readonly total_pages: number;
}

export interface WireError {
  readonly message: string;
  readonly details: readonly { readonly field: string }[] | null;
}

/** The error that an answer in the dialect's envelope carries. */
export function expectError(answer: Answer, status: number, code: string): WireError {
  expect([answer.status, answer.body]).toEqual([status, answer.body]);
  const { error } = answer.body as { error: WireError };
  expect(answer.body).toEqual({
    success: false,
    error: { code, message: expect.any(String) as string, details: error.details },
    timestamp: anInstant,
  });
  return error;
}

/** The API with its accounts, and what tests of tasks do with it. */
export class TasksUnderTest {
  private made = 0;

  private constructor(
    readonly api: ApiUnderTest,
    readonly admin: Send,
    readonly operator: Send,
    readonly viewer: Send,
    private readonly documented: DocumentedAnswers,
  ) {}

  /** @param variables of the environment, beside those of the tests */
  static async start(variables: Readonly<Record<string, string>> = {}): Promise<TasksUnderTest> {
    const api = await startApi(await createTestDatabase(), variables);
    const [admin, operator, viewer] = await Promise.all([api.loginAs('admin'), api.loginAs('operator'), api.loginAs('viewer')]);
    return new TasksUnderTest(api, admin, operator, viewer, await DocumentedAnswers.of(api.request, 'distributed'));
  }

  /** `data` of an answer that has the status and the form that OpenAPI promises. */
  dataOf<Data = Task>(operation: string, answer: Answer, status = 200): Data {
    expect([answer.status, answer.body]).toEqual([status, answer.body]);
    expect(this.documented.problems(operation, answer)).toEqual([]);
    const { success, data } = answer.body as { success: boolean; data: Data };
    expect(success).toBe(true);
    return data;
  }

  /** The body for a task with a name of its own. */
  simple(members: object = {}): object {
    this.made += 1;
    return { name: `task ${String(this.made)}`, task_type: 'shell', schedule: '0 3 * * *', parameters: { command: 'true' }, ...members };
  }

  async createTask(members: object = {}): Promise<Task> {
    return this.dataOf('POST /api/tasks', await this.admin('POST /api/tasks', { body: this.simple(members) }), 201);
  }

  /** The columns of a task's waits between attempts. */
  async retryOf(id: number): Promise<unknown> {
    const [row] = await this.sql(
      'select retry_backoff, retry_delay_ms, retry_factor, retry_max_delay_ms, round(retry_jitter::numeric, 3)::float8 as jitter from scheduled_job where number = $1',
      [id],
    );
    return row;
  }

  async trigger(task: Task): Promise<{ readonly task_run_id: number; readonly executionId: string }> {
    const answer = await this.admin(`POST /api/tasks/${String(task.id)}/trigger`);
    const { task_run_id } = this.dataOf<{ task_run_id: number }>('POST /api/tasks/{id}/trigger', answer);
    const [row] = await this.sql<{ id: string }>('select id from execution where number = $1', [task_run_id]);
    return { task_run_id, executionId: row?.id ?? '' };
  }

  /** Triggers the task and runs it to this end. @returns the number of the run */
  async run(task: Task, end: Parameters<ApiUnderTest['worker']['finish']>[1]): Promise<number> {
    const { task_run_id, executionId } = await this.trigger(task);
    await this.api.worker.finish(await this.api.worker.start(executionId), end);
    return task_run_id;
  }

  async sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.api.database.pool.query(text, values)).rows as Row[];
  }
}
