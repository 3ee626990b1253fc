import { describe, expect, test } from 'vitest';
import type { Execution, LogEntry } from '#application/executions/execution.js';
import { EXECUTION_STATUSES } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import { presentExecution, presentExecutionDetail, presentLogEnd, presentLogPage } from './execution.presenter.js';
import { toExecutionFilter, toLogPage, toStreamStart } from './execution.request-mapper.js';

const AT = new Date('2024-01-15T11:00:00Z');

function anExecution(members: Partial<Execution> = {}): Execution {
  return {
    id: 'run' as ExecutionId,
    number: 7,
    jobId: 'job' as JobId,
    taskFunction: 'sync_domain_users',
    status: 'success',
    reason: null,
    trigger: 'scheduler',
    triggeredBy: null,
    scheduledFor: AT,
    attempt: 1,
    workerId: null,
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
  const { attempts } = presentExecutionDetail({ execution: anExecution(), attempts: [attempt] });
  expect(attempts).toMatchObject([{ attempt: 1, status: 'lost', completedAt: null, durationSeconds: null, errorMessage: 'gone' }]);
});

describe('presentLogPage', () => {
  test('knows by the entry beyond the limit that there is more', () => {
    expect(presentLogPage('run', [entry(1), entry(2), entry(3)], { after: 0, limit: 2 })).toMatchObject({ logs: [{ seq: 1 }, { seq: 2 }], nextAfter: 2, hasMore: true });
    expect(presentLogPage('run', [entry(3)], { after: 2, limit: 2 })).toMatchObject({ nextAfter: 3, hasMore: false });
    expect(presentLogPage('run', [], { after: 3, limit: 2 })).toEqual({ executionId: 'run', logs: [], nextAfter: 3, hasMore: false });
  });
});

test('the end of a stream has the final status', () => {
  expect(presentLogEnd(anExecution({ status: 'timeout', error: 'too long' }))).toEqual({ status: 'timeout', errorMessage: 'too long' });
});

test('queries become filters and pages', () => {
  expect(toExecutionFilter({})).toEqual({});
  expect(toExecutionFilter({ job_id: 'job', status: 'failed' })).toEqual({ jobId: 'job', status: 'failed' });
  expect(toLogPage({})).toEqual({ after: 0, limit: 500 });
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
