import { expect, it } from 'vitest';
import { attentionItems } from './attention-items';

const at = '2026-11-20T12:00:00.000Z';

it('puts what hurts most first, and says what it is', () => {
  const items = attentionItems({
    neverRun: [{ jobId: 'n', name: 'idle', createdAt: at }],
    expiringKeys: [{ id: 'k', name: 'ci', expiresAt: at }],
    missed: [{ jobId: 'm', name: 'nightly', executionId: 'e2', scheduledFor: at, reason: 'missed_window' }],
    failing: [{ jobId: 'f', name: 'import', streak: 20, executionId: 'e1', error: '\nboom\n  at line 1', at }],
    overdue: [{ jobId: 'o', name: 'late one', nextRunTime: at, lateSeconds: 95 }],
  });
  expect(items.map(({ badge, detail, href }) => [badge, detail, href])).toEqual([
    ['Late', '1 m 35 s behind its time', '/jobs/o'],
    ['Failing ×20+', 'boom', '/executions/e1'],
    ['Missed', 'its time had passed', '/executions/e2'],
    ['API key expires', '', '/settings/api-keys?whose=all'],
    ['Never run', 'Its time has come, and nothing of it has ever run', '/jobs/n'],
  ]);
});

it('is empty when all is well', () => {
  expect(attentionItems({ neverRun: [], expiringKeys: [], missed: [], failing: [], overdue: [] })).toEqual([]);
});
