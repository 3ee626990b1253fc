/** What the contract specs of this dialect share: the real API on a database of the file's own, its callers and the examples of document 001. */
import { afterAll, beforeAll, expect } from 'vitest';
import { createTestDatabase } from '#testing/stores.js';
import { startApi, type Answer, type ApiUnderTest, type Send } from './api-under-test.js';
import { DocumentedAnswers } from './documented-answers.js';

/** The examples of the API reference, as printed. */
export const SEEDED = '550e8400-e29b-41d4-a716-446655440000';
export const UNKNOWN = '00000000-0000-4000-8000-000000000000';
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
export const BASE = '/api/v1/scheduler';

export const EXAMPLE_JOB = {
  name: 'Custom Cleanup Job',
  description: 'Run custom cleanup every 6 hours',
  taskFunctionId: 5,
  jobTypeId: 1,
  scheduleConfig: { hours: 6, minutes: 0, seconds: 0 },
  taskArgs: { retention_days: 30 },
  maxInstances: 1,
  timeoutSeconds: 300,
  retryCount: 3,
  retryDelaySeconds: 60,
  isEnabled: true,
};

export interface Job {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** The API of one spec file with its three callers. */
export interface SchedulerApi {
  readonly api: ApiUnderTest;
  readonly admin: Send;
  readonly operator: Send;
  readonly viewer: Send;
  /** The body of an answer that has the status and the form that OpenAPI promises. */
  bodyOf<Body = Record<string, unknown>>(operation: string, answer: Answer, status: number): Body;
  createJob(members?: object): Promise<Job>;
  /** Triggers the job. @returns the execution's id */
  trigger(jobId: string): Promise<string>;
  /** Triggers the job and runs it to the end. @returns the execution's id */
  run(jobId: string, end: Parameters<ApiUnderTest['worker']['finish']>[1]): Promise<string>;
}

/** Starts the API before the tests of the file and stops it after them; `use` gets it. */
export function withSchedulerApi(use: (scheduler: SchedulerApi) => void): void {
  let started: ApiUnderTest | undefined;
  beforeAll(async () => {
    started = await startApi(await createTestDatabase());
    use(await schedulerApi(started));
  });
  afterAll(() => started?.close());
}

async function schedulerApi(api: ApiUnderTest): Promise<SchedulerApi> {
  const [admin, operator, viewer] = await Promise.all([api.loginAs('admin'), api.loginAs('operator'), api.loginAs('viewer')]);
  const documented = await DocumentedAnswers.of(api.request, 'scheduler');

  function bodyOf<Body = Record<string, unknown>>(operation: string, answer: Answer, status: number): Body {
    expect([answer.status, answer.body]).toEqual([status, answer.body]);
    expect(documented.problems(operation.replace(' /', ` ${BASE}/`), answer)).toEqual([]);
    return answer.body as Body;
  }

  async function createJob(members: object = {}): Promise<Job> {
    const answer = await admin(`POST ${BASE}/jobs`, { body: { ...EXAMPLE_JOB, ...members } });
    return bodyOf<Job>('POST /jobs', answer, 201);
  }

  async function trigger(jobId: string): Promise<string> {
    const answer = await admin(`POST ${BASE}/jobs/${jobId}/trigger`);
    return bodyOf<{ executionId: string }>('POST /jobs/{job_id}/trigger', answer, 200).executionId;
  }

  async function run(jobId: string, end: Parameters<ApiUnderTest['worker']['finish']>[1]): Promise<string> {
    const executionId = await trigger(jobId);
    await api.worker.finish(await api.worker.start(executionId), end);
    return executionId;
  }

  return { api, admin, operator, viewer, bodyOf, createJob, trigger, run };
}
