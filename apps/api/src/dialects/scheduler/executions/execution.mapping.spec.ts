import { describe, expect, test } from 'vitest';
import type { Execution, LogEntry } from '#application/executions/execution.js';
import type { JobSummary } from '#application/jobs/job-views.js';
import { EXECUTION_STATUSES } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import { EXPORTS } from './execution-export.js';
import { decodeCursor, encodeCursor } from './execution-cursor.js';
import { presentExecution, presentExecutionDetail, presentLogEnd, presentLogPage } from './execution.presenter.js';
import { toExecutionFilter, toLogPage, toStreamStart } from './execution.request-mapper.js';

const AT = new Date('2024-01-15T11:00:00Z');

function anExecution(members: Partial<Execution> = {}): Execution {
  return {
    id: 'run' as ExecutionId,
    number: 7,
    jobId: 'job' as JobId,
    jobName: 'Domain User Sync (Hourly)',
    taskFunction: 'sync_domain_users',
    queue: 'ad_queue',
    status: 'success',
    reason: null,
    trigger: 'scheduler',
    triggeredBy: null,
    triggeredByName: null,
    scheduledFor: AT,
    attempt: 1,
    maxAttempts: 4,
    workerId: null,
    workerName: null,
    args: null,
    timeoutMs: 1_000,
    createdAt: AT,
    startedAt: AT,
    finishedAt: AT,
    durationMs: 5_200,
    nextAttemptAt: null,
    cancelRequestedAt: null,
    result: { synced_count: 150 },
    error: null,
    exitCode: null,
    peakMemoryBytes: null,
    averageMemoryBytes: null,
    progress: null,
    ...members,
  };
}

const entry = (seq: number): LogEntry => ({ seq, attempt: 1, at: AT, stream: 'stdout', message: `line ${String(seq)}` });

describe('presentExecution', () => {
  test('shows an execution in the members and units of the API', () => {
    expect(presentExecution(anExecution())).toMatchObject({
      id: 'run',
      jobId: 'job',
      celeryTaskId: 'run-1',
      status: 'success',
      startedAt: '2024-01-15T11:00:00.000Z',
      completedAt: '2024-01-15T11:00:00.000Z',
      durationSeconds: 5.2,
      result: { synced_count: 150 },
      errorMessage: null,
      triggeredBy: 'scheduler',
      triggeredByUserId: null,
    });
  });

  test('names the attempt that is with the broker', () => {
    expect(presentExecution(anExecution({ status: 'pending', attempt: 0 })).celeryTaskId).toBe('run-1');
    expect(presentExecution(anExecution({ attempt: 3 })).celeryTaskId).toBe('run-3');
    const skipped = presentExecution(anExecution({ status: 'skipped', attempt: 0, reason: 'overlap', startedAt: null, durationMs: null }));
    expect(skipped).toMatchObject({ celeryTaskId: null, status: 'skipped', reason: 'overlap', startedAt: null, durationSeconds: null });
  });

  test.each(EXECUTION_STATUSES)('has a word for %s', (status) => {
    expect(presentExecution(anExecution({ status })).status).toBe(status);
  });

  test('keeps milliseconds', () => {
    expect(presentExecution(anExecution({ durationMs: 1.4 })).durationSeconds).toBe(0.001);
    expect(presentExecution(anExecution({ durationMs: 0 })).durationSeconds).toBe(0);
  });
});

test('a detail has the attempts', () => {
  const attempt = { attempt: 1, status: 'lost', workerId: null, startedAt: AT, finishedAt: null, durationMs: null, error: 'gone', result: null, exitCode: null } as const;
  const job = { id: 'job', name: 'a job', isEnabled: true, isPaused: false, bounded: { schedule: { timeZone: 'Asia/Tokyo' } } } as unknown as JobSummary;
  const shown = presentExecutionDetail({ execution: anExecution(), attempts: [attempt] }, { previous: 'before', next: null }, job);
  expect(shown).toMatchObject({ previousId: 'before', nextId: null, job: { id: 'job', name: 'a job', timezone: 'Asia/Tokyo', state: 'enabled' } });
  const { attempts } = shown;
  expect(attempts).toMatchObject([{ attempt: 1, status: 'lost', completedAt: null, durationSeconds: null, errorMessage: 'gone' }]);
});

describe('presentLogPage', () => {
  test('knows by the entry beyond the limit that there is more', () => {
    const after = (seq: number) => ({ direction: 'forward', after: seq, limit: 2 }) as const;
    expect(presentLogPage('run', [entry(1), entry(2), entry(3)], after(0))).toMatchObject({ logs: [{ seq: 1 }, { seq: 2 }], nextAfter: 2, hasMore: true });
    expect(presentLogPage('run', [entry(3)], after(2))).toMatchObject({ nextAfter: 3, hasMore: false });
    expect(presentLogPage('run', [], after(3))).toEqual({ executionId: 'run', logs: [], nextAfter: 3, hasMore: false, totalLines: null });
  });

  test('knows the same of what stands before a page that was read backward', () => {
    const before = (seq: number | null) => ({ direction: 'backward', before: seq, limit: 2 }) as const;
    expect(presentLogPage('run', [entry(7), entry(8), entry(9)], before(null), 12)).toMatchObject({ logs: [{ seq: 8 }, { seq: 9 }], nextAfter: 9, hasMore: true, totalLines: 12 });
    expect(presentLogPage('run', [entry(1)], before(2))).toMatchObject({ logs: [{ seq: 1 }], nextAfter: 1, hasMore: false });
    expect(presentLogPage('run', [], before(1))).toMatchObject({ logs: [], nextAfter: 0, hasMore: false });
  });
});

test('the end of a stream has the final status', () => {
  expect(presentLogEnd(anExecution({ status: 'timeout', error: 'too long' }))).toEqual({ status: 'timeout', errorMessage: 'too long' });
});

test('queries become filters and pages', () => {
  expect(toExecutionFilter({}, AT)).toEqual({});
  expect(toExecutionFilter({ job_id: 'job', status: ['failed'] }, AT)).toEqual({ jobId: 'job', status: 'failed' });
  expect(toExecutionFilter({ status: ['failed', 'timeout'], trigger: ['api'], min_duration_seconds: 1.5, worker_id: 'W' }, AT)).toEqual({
    statuses: ['failed', 'timeout'], triggers: ['api'], minDurationMs: 1_500, workerId: 'w',
  });
  expect(toLogPage({})).toEqual({ direction: 'forward', after: 0, limit: 500 });
  expect(toLogPage({ from: 'start', after: 3, limit: 7 })).toEqual({ direction: 'forward', after: 3, limit: 7 });
  expect(toLogPage({ from: 'end' })).toEqual({ direction: 'backward', before: null, limit: 500 });
  expect(toLogPage({ before: 9, limit: 2 })).toEqual({ direction: 'backward', before: 9, limit: 2 });
  expect(() => toLogPage({ after: 1, before: 2 })).toThrow();
});

describe('a range', () => {
  const DAY_MS = 86_400_000;

  test('of q is the last seven days where none is said', () => {
    expect(toExecutionFilter({ q: 'x' }, AT)).toEqual({ errorText: 'x', from: new Date(AT.getTime() - 7 * DAY_MS) });
    expect(toExecutionFilter({ q: '' }, AT)).toEqual({});
    const to = '2024-01-01T00:00:00Z';
    expect(toExecutionFilter({ q: 'x', to }, AT)).toEqual({ errorText: 'x', from: new Date('2023-12-25T00:00:00Z'), to: new Date(to) });
  });

  test.each([
    [{ q: 'x', from: '2023-12-01T00:00:00Z' }],
    [{ from: '2024-01-02T00:00:00Z', to: '2024-01-02T00:00:00Z' }],
    [{ min_duration_seconds: 2, max_duration_seconds: 1 }],
  ])('%j is refused', (query) => {
    expect(() => toExecutionFilter(query, AT)).toThrow();
  });
});

describe('a cursor', () => {
  test('comes back as it was', () => {
    const place = { sortMicros: '1705316400000001', id: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' as ExecutionId };
    expect(decodeCursor(encodeCursor(place))).toEqual(place);
  });

  test.each(['x', '', 'MTIz', Buffer.from('12.not-a-uuid').toString('base64url'), Buffer.from("1';.01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10").toString('base64url')])('%j is refused', (text) => {
    expect(() => decodeCursor(text)).toThrow();
  });
});

describe('an exported execution', () => {
  test('is a line of CSV whose texts are no formulas and keep their quotes and lines', () => {
    const line = EXPORTS.csv.line(anExecution({ jobName: '=1+1', error: 'a "b",\nc', queue: '+x', exitCode: -1 }));
    expect(line).toContain(",'=1+1,");
    expect(line).toContain(",'+x,");
    expect(line).toMatch(/,-1,"a ""b"",\nc"\r\n$/);
    expect(line.split(',').length).toBeGreaterThanOrEqual(EXPORTS.csv.head.split(',').length);
  });

  test('is a line of JSON, as in the list', () => {
    const line = EXPORTS.ndjson.line(anExecution({ error: 'a\nb' }));
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toEqual(presentExecution(anExecution({ error: 'a\nb' })));
  });
});

test('an execution waited from its record to its first start', () => {
  const later = new Date(AT.getTime() + 1_234);
  expect(presentExecution(anExecution({ startedAt: later })).queueWaitSeconds).toBe(1.234);
  expect(presentExecution(anExecution({ startedAt: null })).queueWaitSeconds).toBeNull();
  expect(presentExecution(anExecution({ createdAt: later })).queueWaitSeconds).toBe(0);
});

test.each<[string | undefined, number | undefined, number]>([
  [undefined, undefined, 0],
  [undefined, 4, 4],
  ['9', 4, 9],
  ['x', 4, 4],
  ['-1', undefined, 0],
])('a stream with Last-Event-ID %j and after %j starts after %i', (lastEventId, after, start) => {
  expect(toStreamStart(lastEventId, after)).toBe(start);
});
