/** The leader clears away what deleted jobs leave in the ledger, without anybody asking. */
import { eventually } from '#testing/eventually.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPipeline, type Pipeline } from './pipeline.js';

describe('a job that is deleted with its history', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = await openPipeline('postgres');
  });
  afterEach(() => pipeline.close());

  it('leaves nothing in the ledger after a while, and the other jobs as they were', async () => {
    const { platform } = pipeline;
    const [gone, kept] = [await platform.job(), await platform.job()];
    for (const { id } of [gone, kept]) {
      await platform.sql(
        `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, reason, task_function, queue,
                                priority, timeout_ms, finished_at)
         select gen_random_uuid(), $1, at, at, 'scheduler', 1, 'skipped', 'overlap', 'shell', 'default', 0, 1000, at
           from generate_series(1, 50) n, lateral (select clock_timestamp() - n * interval '1 hour' as at) t`,
        [id],
      );
    }
    await platform.jobs.delete(gone.id);
    expect(await platform.rows(gone.id)).toHaveLength(50);
    await pipeline.scheduler();
    await eventually(async () => (await platform.rows(gone.id)).length === 0);
    await eventually(async () => (await platform.sql('select 1 from deleted_job')).length === 0);
    expect((await platform.rows(kept.id)).length).toBeGreaterThanOrEqual(50);
  });
});
