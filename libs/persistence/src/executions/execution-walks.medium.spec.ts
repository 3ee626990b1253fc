import { SCAN_LIMIT } from '#application/executions/execution.repository.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let platform: Platform;
let job: ScheduledJob;

const PAGE = { page: 1, perPage: 10 };

beforeAll(async () => {
  platform = await openPlatform();
  job = await platform.job();
  // The newest ones are scheduled; three that somebody triggered lie beyond what one page looks at.
  await platform.sql(
    `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority, timeout_ms)
     select gen_random_uuid(), $1, at, at, case when n <= $2 then 'scheduler' else 'manual' end, 1, 'success', 'shell', 'default', 0, 1000
       from generate_series(1, $2 + 3) n, lateral (select now() - n * interval '1 second' as at) a`,
    [job.id, SCAN_LIMIT],
  );
  await platform.sql('vacuum analyze execution');
}, 60_000);
afterAll(() => platform.close());

describe('a rare match', () => {
  it('is found by going on where the page before it stopped', async () => {
    const first = await platform.executions.list({ triggers: ['manual'] }, PAGE);
    expect([first.items, first.total]).toEqual([[], { count: 0, isEstimate: true }]);
    if (first.next === null) throw new Error('the list ended');
    const second = await platform.executions.list({ triggers: ['manual'] }, PAGE, first.next);
    expect(second.items.map(({ trigger }) => trigger)).toEqual(['manual', 'manual', 'manual']);
    expect(second.next).toBeNull();
  });

  it('is found at once where the range is short', async () => {
    const to = new Date(Date.now() - (SCAN_LIMIT - 5) * 1000);
    const found = await platform.executions.list({ triggers: ['manual'], to }, PAGE);
    expect([found.items.length, found.total, found.next]).toEqual([3, { count: 3, isEstimate: false }, null]);
  });
});

describe('facets', () => {
  it('cover everything up to their limit', async () => {
    const from = new Date(Date.now() - 2 * SCAN_LIMIT * 1000);
    const facets = await platform.executions.facets({ from, to: new Date() }, 1_000_000_000);
    expect(facets.triggers).toEqual([{ name: 'scheduler', count: SCAN_LIMIT }, { name: 'manual', count: 3 }]);
    expect(facets).toMatchObject({ isCapped: false, jobs: [{ id: job.id, count: SCAN_LIMIT + 3 }] });
  });
});
