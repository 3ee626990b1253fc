/**
 * What the contract specs of this dialect share: the real API on a database of the file's own, its callers and the examples
 * of document 001. The callers ask the API itself, or, where the project provides `throughAdmin`, the port of the admin UI.
 */
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { createTestDatabase } from '#testing/stores.js';
import { startAdminProcess } from '../../../test/admin/ui-process.js';
import { startApi, type Account, type Answer, type ApiUnderTest, type Send } from './api-under-test.js';
import { DocumentedAnswers } from './documented-answers.js';
import { logInThroughAdmin } from './through-admin.js';

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
  /** The API itself, whomever the callers ask. */
  readonly api: ApiUnderTest;
  readonly admin: Send;
  readonly operator: Send;
  readonly viewer: Send;
  /** The body of an answer that has the status and the form that OpenAPI promises. */
  readonly bodyOf: <Body = Record<string, unknown>>(operation: string, answer: Answer, status: number) => Body;
  readonly createJob: (members?: object) => Promise<Job>;
  /** Triggers the job. @returns the execution's id */
  readonly trigger: (jobId: string) => Promise<string>;
  /** Triggers the job and runs it to the end. @returns the execution's id */
  readonly run: (jobId: string, end: Parameters<ApiUnderTest['worker']['finish']>[1]) => Promise<string>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Whether the callers of `withSchedulerApi` ask the admin UI instead of the API. @default undefined: the API */
    throughAdmin: boolean;
  }
}

type Callers = Readonly<Record<Account, Send>>;

/** Starts the API before the tests of the file and stops it after them. What is returned works in between. */
export function withSchedulerApi(): SchedulerApi {
  let scheduler: SchedulerApi | undefined;
  let stop: () => Promise<void> = () => Promise.resolve();
  beforeAll(async () => {
    const api = await startApi(await createTestDatabase());
    stop = api.close;
    const ui = inject('throughAdmin') ? await startAdminProcess(api.url) : null;
    stop = async () => {
      await ui?.stop();
      await api.close();
    };
    scheduler = await schedulerApi(api, await callersOf(api, ui?.url ?? null));
  });
  afterAll(() => stop());
  const started = (): SchedulerApi => {
    if (scheduler === undefined) throw new Error('The API runs in hooks and tests only');
    return scheduler;
  };
  return {
    api: new Proxy({} as ApiUnderTest, { get: (_, member) => Reflect.get(started().api, member) as unknown }),
    admin: (...call) => started().admin(...call),
    operator: (...call) => started().operator(...call),
    viewer: (...call) => started().viewer(...call),
    bodyOf: (...seen) => started().bodyOf(...seen),
    createJob: (members) => started().createJob(members),
    trigger: (jobId) => started().trigger(jobId),
    run: (jobId, end) => started().run(jobId, end),
  };
}

async function callersOf(api: ApiUnderTest, uiUrl: string | null): Promise<Callers> {
  const logIn = async (account: Account): Promise<Send> => {
    const direct = await api.loginAs(account);
    return uiUrl === null ? direct : logInThroughAdmin(uiUrl, account, direct);
  };
  const [admin, operator, viewer] = await Promise.all([logIn('admin'), logIn('operator'), logIn('viewer')]);
  return { admin, operator, viewer };
}

async function schedulerApi(api: ApiUnderTest, { admin, operator, viewer }: Callers): Promise<SchedulerApi> {
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
