import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Claim } from '#application/running/execution-ledger.js';
import { createTestDatabase } from '#testing/stores.js';
import { LogStreams } from '../src/dialects/scheduler/executions/log-streams.js';
import { startApi, type ApiUnderTest, type Send } from './api-under-test.js';

const BASE = '/api/v1/scheduler';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let api: ApiUnderTest;
let admin: Send & { readonly token: string };
beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  admin = await api.loginAs('admin');
});
afterAll(() => api.close());

/** A run under way, with two lines of output. */
async function startRun(): Promise<Claim> {
  const body = { name: 'Talkative', taskFunctionId: 5, jobTypeId: 1, scheduleConfig: { hours: 1 } };
  const job = (await admin(`POST ${BASE}/jobs`, { body })).body as { id: string };
  const triggered = (await admin(`POST ${BASE}/jobs/${job.id}/trigger`)).body as { executionId: string };
  const claim = await api.worker.start(triggered.executionId);
  await api.worker.writeLog(claim, ['one\n', 'two\n']);
  return claim;
}

interface Listening {
  readonly response: Response;
  readonly events: EventSourceMessage[];
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  leave(): void;
}

async function listen(path: string, headers: Record<string, string> = {}): Promise<Listening> {
  const leaving = new AbortController();
  const response = await fetch(`${api.url}${BASE}${path}`, {
    headers: { authorization: `Bearer ${admin.token}`, ...headers },
    signal: leaving.signal,
  });
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => void events.push(event) });
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const bytes of (response.body ?? []) as AsyncIterable<Uint8Array>) parser.feed(decoder.decode(bytes, { stream: true }));
  };
  const ended = read();
  ended.catch(() => undefined);
  return { response, events, ended, leave: () => { leaving.abort(); } };
}

describe('the pages of a log', () => {
  test('follow the sequence numbers', async () => {
    const { executionId } = await startRun();
    const first = await admin(`GET ${BASE}/executions/${executionId}/logs?limit=1`);
    expect(first.body).toEqual({
      executionId,
      logs: [{ seq: 1, attempt: 1, timestamp: expect.any(String) as string, stream: 'stdout', message: 'one\n' }],
      nextAfter: 1,
      hasMore: true,
      totalLines: null,
    });
    const second = await admin(`GET ${BASE}/executions/${executionId}/logs?after=1`);
    expect(second.body).toMatchObject({ logs: [{ seq: 2, message: 'two\n' }], nextAfter: 2, hasMore: false });
    const third = await admin(`GET ${BASE}/executions/${executionId}/logs?after=2`);
    expect(third.body).toMatchObject({ logs: [], nextAfter: 2, hasMore: false });
  });

  test('are 404 for an unknown execution and 422 beyond the limits', async () => {
    expect((await admin(`GET ${BASE}/executions/${UNKNOWN}/logs`)).status).toBe(404);
    expect((await admin(`GET ${BASE}/executions/${UNKNOWN}/logs?limit=1001`)).status).toBe(422);
    expect((await admin(`GET ${BASE}/executions/${UNKNOWN}/logs?after=-1`)).status).toBe(422);
  });
});

describe('the live tail', () => {
  test('sends what is there, then what comes, and ends with the final status', async () => {
    const claim = await startRun();
    const tail = await listen(`/executions/${claim.executionId}/logs/stream`);
    expect(tail.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(tail.response.headers.get('x-accel-buffering')).toBe('no');
    await vi.waitFor(() => { expect(tail.events).toHaveLength(2); }, 5_000);
    await api.worker.writeLog(claim, ['three\n'], 3);
    await vi.waitFor(() => { expect(tail.events).toHaveLength(3); }, 5_000);
    await api.worker.finish(claim, { status: 'failed', error: 'boom' });
    await tail.ended;
    expect(tail.events.map(({ id, event }) => [id, event])).toEqual([['1', 'log'], ['2', 'log'], ['3', 'log'], [undefined, 'end']]);
    expect(JSON.parse(tail.events[2]?.data ?? '')).toMatchObject({ seq: 3, stream: 'stdout', message: 'three\n' });
    expect(JSON.parse(tail.events[3]?.data ?? '')).toEqual({ status: 'failed', errorMessage: 'boom' });
  });

  test('goes on after Last-Event-ID, or after the number in the query', async () => {
    const claim = await startRun();
    await api.worker.finish(claim, { status: 'success' });
    const path = `/executions/${claim.executionId}/logs/stream`;
    const resumed = await listen(`${path}?after=0`, { 'last-event-id': '1' });
    await resumed.ended;
    expect(resumed.events.map(({ id }) => id)).toEqual(['2', undefined]);
    const asked = await listen(`${path}?after=2`);
    await asked.ended;
    expect(asked.events.map(({ event }) => event)).toEqual(['end']);
  });

  test('stops when the reader goes away', async () => {
    const claim = await startRun();
    const tail = await listen(`/executions/${claim.executionId}/logs/stream`);
    const streams = api.app.get(LogStreams, { strict: false });
    await vi.waitFor(() => { expect(streams.openStreams).toBe(1); }, 5_000);
    tail.leave();
    await vi.waitFor(() => { expect(streams.openStreams).toBe(0); }, 5_000);
  });

  test('is 404 before it begins, and headers only to HEAD', async () => {
    expect(await admin(`GET ${BASE}/executions/${UNKNOWN}/logs/stream`)).toMatchObject({ status: 404, body: { detail: expect.any(String) as string } });
    const { executionId } = await startRun();
    const head = await admin(`HEAD ${BASE}/executions/${executionId}/logs/stream`);
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  test('is refused when too many are open', async () => {
    const { executionId } = await startRun();
    const path = `/executions/${executionId}/logs/stream`;
    const open = await Promise.all(Array.from({ length: 200 }, () => listen(path)));
    const refused = await admin(`GET ${BASE}${path}`);
    expect([refused.status, refused.body]).toEqual([429, { detail: 'Too many open log streams' }]);
    for (const tail of open) tail.leave();
    const streams = api.app.get(LogStreams, { strict: false });
    await vi.waitFor(() => { expect(streams.openStreams).toBe(0); }, 10_000);
  });
});
