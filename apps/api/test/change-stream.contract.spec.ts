import { createParser } from 'eventsource-parser';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { FingerprintSource } from '#application/live/fingerprint-source.js';
import { WorkerRegistry } from '#application/workers/worker-registry.js';
import { newId, type WorkerId } from '#domain/ids.js';
import { createTestDatabase } from '#testing/stores.js';
import { ChangeStreams } from '../src/dialects/scheduler/stream/change-streams.js';
import { startApi, type ApiUnderTest, type Send } from './api-under-test.js';
import { NATIVE, violationsOf } from './native-answers.js';

let api: ApiUnderTest;
let admin: Send & { readonly token: string };
const leaving = new Set<AbortController>();

beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  admin = await api.loginAs('admin');
});
afterEach(async () => {
  for (const controller of leaving) controller.abort();
  leaving.clear();
  await expect.poll(() => api.app.get(ChangeStreams).openStreams, { timeout: 5_000 }).toBe(0);
});
afterAll(() => api.close());

interface Heard {
  readonly name: string;
  readonly id: string;
  readonly topics: string[];
}

interface Listening {
  readonly response: Response;
  readonly heard: Heard[];
  readonly retries: number[];
  /** Topics of all changes so far, each once. */
  changed(): string[];
  leave(): void;
}

async function listen(topics: string, headers: Record<string, string> = { authorization: `Bearer ${admin.token}` }): Promise<Listening> {
  const controller = new AbortController();
  leaving.add(controller);
  const response = await fetch(`${api.url}${NATIVE}/stream?topics=${topics}`, { headers, signal: controller.signal });
  const heard: Heard[] = [];
  const retries: number[] = [];
  const parser = createParser({
    onEvent: ({ event = '', id = '', data }) => void heard.push({ name: event, id, topics: (JSON.parse(data) as { topics: string[] }).topics }),
    onRetry: (ms) => void retries.push(ms),
  });
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const bytes of (response.body ?? []) as AsyncIterable<Uint8Array>) parser.feed(decoder.decode(bytes, { stream: true }));
  };
  if (response.status === 200) read().catch(() => undefined);
  return {
    response,
    heard,
    retries,
    changed: () => [...new Set(heard.filter(({ name }) => name === 'change').flatMap((event) => event.topics))].sort(),
    leave: () => {
      controller.abort();
    },
  };
}

/** A stream that knows where it starts from. */
async function ready(topics: string, headers?: Record<string, string>): Promise<Listening> {
  const stream = await listen(topics, headers);
  await vi.waitFor(() => { expect(stream.heard[0]).toMatchObject({ name: 'ready', topics: topics.split(',') }); }, 5_000);
  return stream;
}

const hears = (stream: Listening, topics: string[]): Promise<void> =>
  vi.waitFor(() => { expect(stream.changed()).toEqual(expect.arrayContaining(topics)); }, 5_000);

async function createJob(): Promise<string> {
  const body = { name: 'Watched', taskFunctionId: 5, jobTypeId: 1, scheduleConfig: { hours: 1 }, maxInstances: 10 };
  return ((await admin(`POST ${NATIVE}/jobs`, { body })).body as { id: string }).id;
}
const trigger = async (jobId: string): Promise<string> =>
  ((await admin(`POST ${NATIVE}/jobs/${jobId}/trigger`)).body as { executionId: string }).executionId;

describe('the stream of changes', () => {
  test('has the headers of server-sent events and says when to reconnect', async () => {
    const { response, retries } = await ready('jobs');
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(retries).toEqual([3_000]);
  });

  test('tells of jobs: created, changed, deleted', async () => {
    let id = '';
    for (const change of [
      async () => { id = await createJob(); },
      () => admin(`POST ${NATIVE}/jobs/${id}/pause`),
      () => admin(`DELETE ${NATIVE}/jobs/${id}`),
    ]) {
      const stream = await ready('jobs,overview,workers,scheduler');
      await change();
      await hears(stream, ['jobs', 'overview']);
      expect(stream.changed()).toEqual(['jobs', 'overview']);
      stream.leave();
    }
  });

  test('tells of executions at every step, and of their queue, job and selves', async () => {
    const job = await createJob();
    const other = await createJob();
    const execution = await trigger(job);
    const topics = `jobs,executions,queues,job:${job},job:${other},execution:${execution}`;
    const mine = ['jobs', 'executions', 'queues', `execution:${execution}`, `job:${job}`];
    const start = await ready(topics);
    const claim = await api.worker.start(execution);
    await hears(start, mine);
    const end = await ready(topics);
    await api.worker.finish(claim, { status: 'success' });
    await hears(end, mine);
    const next = await ready(topics);
    await trigger(job);
    await hears(next, ['jobs', 'executions', 'queues', `job:${job}`]);
    expect([start, end].flatMap((stream) => stream.changed())).not.toContain(`job:${other}`);
    expect(next.changed()).not.toContain(`execution:${execution}`);
  });

  test('tells of a cancel request, and of one that waited', async () => {
    const job = await createJob();
    const [running, waiting] = [await trigger(job), await trigger(job)];
    await api.worker.start(running);
    for (const id of [running, waiting]) {
      const stream = await ready(`executions,execution:${id}`);
      await admin(`POST ${NATIVE}/executions/${id}/cancel`);
      await hears(stream, ['executions', `execution:${id}`]);
    }
  });

  test('tells of workers and of the leader', async () => {
    const stream = await ready('workers,scheduler,queues,overview');
    const about = { hostname: 'h', ipAddress: '::1', pid: 1, version: '1', queues: ['default'], taskTypes: [], concurrency: 1, isolation: null };
    const id = newId<WorkerId>();
    await api.app.get(WorkerRegistry).register({ ...about, id, name: 'w' });
    await hears(stream, ['workers', 'queues', 'overview']);
    expect(stream.changed()).not.toContain('scheduler');
    const beating = await ready('workers');
    await api.app.get(WorkerRegistry).heartbeat(id, { status: 'alive', slotsInUse: 0 });
    await api.database.pool.query(`update leader_lease set holder = gen_random_uuid(), term = term + 1, expires_at = now() + interval '1 hour'`);
    await hears(stream, ['scheduler']);
    expect(beating.changed()).toEqual([]);
  });

  test('tells one who comes back what happened meanwhile, and nothing when nothing did', async () => {
    const first = await ready('jobs,executions');
    const { id } = first.heard[0] ?? { id: '' };
    first.leave();
    const authorization = `Bearer ${admin.token}`;
    const quiet = await ready('jobs,executions', { authorization, 'last-event-id': id });
    await createJob();
    await hears(quiet, ['jobs']);
    expect(quiet.changed()).toEqual(['jobs']);
    const back = await listen('jobs,executions', { authorization, 'last-event-id': id });
    await hears(back, ['jobs']);
    expect(back.heard.at(-1)?.id).toBe(quiet.heard.at(-1)?.id);
  });

  test('asks the store once a second for everybody together', async () => {
    const take = vi.spyOn(api.app.get(FingerprintSource), 'take');
    const begunMs = performance.now();
    const streams = await Promise.all(['jobs', 'executions', 'workers', 'overview'].map((topic) => ready(topic)));
    await vi.waitFor(() => { expect(take.mock.calls.length).toBeGreaterThanOrEqual(3); }, 8_000);
    expect(take.mock.calls.length).toBeLessThanOrEqual(Math.floor((performance.now() - begunMs) / 1_000) + 1);
    expect(streams).toHaveLength(4);
    take.mockRestore();
  });

  test('is given to a caller eight times and no more; others have their own', async () => {
    const viewer = await api.loginAs('viewer');
    for (let count = 0; count < 8; count += 1) await ready('jobs');
    const ninth = await listen('jobs');
    expect([ninth.response.status, await ninth.response.json()]).toEqual([429, { detail: 'Too many open streams of changes' }]);
    await ready('jobs', { authorization: `Bearer ${viewer.token}` });
  });

  test.each(['', 'everything', 'jobs,', 'job:1', 'execution:', 'jobs&topics=queues', 'jobs%00'])('answers 422 to topics=%s', async (topics) => {
    expect(violationsOf(await admin(`GET ${NATIVE}/stream?topics=${topics}`))[0]).toMatch(/^query\.topics/);
  });

  test('answers 422 without topics, 401 without credentials, 403 without TaskRead, and HEAD with headers alone', async () => {
    expect(violationsOf(await admin(`GET ${NATIVE}/stream`))).toEqual(['query.topics: field required']);
    expect((await listen('jobs', {})).response.status).toBe(401);
    const made = await admin('POST /api/auth/api-keys', { body: { name: 'narrow', permissions: ['SystemRead'] } });
    const key = (made.body as { data: { api_key: string } }).data.api_key;
    expect((await listen('jobs', { 'x-api-key': key })).response.status).toBe(403);
    expect(await admin(`HEAD ${NATIVE}/stream?topics=jobs`)).toMatchObject({ status: 200, body: '' });
  });
});
