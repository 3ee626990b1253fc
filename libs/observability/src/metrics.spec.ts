import { describe, expect, it } from 'vitest';
import { METRIC_NAMES } from './metric-names.js';
import { Metrics } from './metrics.js';

const ourMetrics = (): Metrics => new Metrics({ service: 'api', process: false });

describe('metrics', () => {
  it('are all exposed under their names with help and type', async () => {
    const text = await ourMetrics().render();
    const exposed = [...text.matchAll(/^# TYPE (\S+) /gm)].map((match) => match[1]).sort();
    expect(exposed).toEqual(Object.values(METRIC_NAMES).sort());
  });

  it('turn milliseconds into seconds and never count negative time', async () => {
    const metrics = ourMetrics();
    metrics.observeFireLateness(4);
    metrics.observeFireLateness(-3);
    metrics.setClockSkew(-1500);
    const text = await metrics.render();
    expect(text).toContain('takt_fire_lateness_seconds_bucket{le="0.005",service="api"} 2');
    expect(text).toContain('takt_fire_lateness_seconds_sum{service="api"} 0.004');
    expect(text).toContain('takt_clock_skew_seconds{service="api"} -1.5');
  });

  it('label what they count', async () => {
    const metrics = ourMetrics();
    metrics.countFiresPlanned('overlap', 3);
    metrics.countExecutionFinished('success');
    metrics.observeRequest({ method: 'GET', route: '/jobs/:id', statusCode: 404, durationMs: 2 });
    metrics.observeRequest({ method: 'GET', route: null, statusCode: 200, durationMs: 2 });
    metrics.setLeadership({ isLeader: true, term: 7 });
    const text = await metrics.render();
    expect(text).toContain('takt_fires_planned_total{outcome="overlap",service="api"} 3');
    expect(text).toContain('takt_executions_total{status="success",service="api"} 1');
    expect(text).toContain('takt_http_request_duration_seconds_count{service="api",method="GET",route="/jobs/:id",status="4xx"} 1');
    expect(text).toContain('route="unknown",status="2xx"');
    expect(text).toMatch(/takt_leader\{service="api"\} 1\n[^]*takt_leader_term\{service="api"\} 7/);
  });

  it('forget queues that are gone', async () => {
    const metrics = ourMetrics();
    metrics.setBacklog([{ queue: 'celery', depth: 5, oldestWaitMs: 9_000 }, { queue: 'ad_queue', depth: 1, oldestWaitMs: 10 }]);
    metrics.setBacklog([{ queue: 'celery', depth: 2, oldestWaitMs: 1_500 }]);
    const text = await metrics.render();
    expect(text).toContain('takt_queue_depth{queue="celery",service="api"} 2');
    expect(text).toContain('takt_queue_oldest_wait_seconds{queue="celery",service="api"} 1.5');
    expect(text).not.toContain('ad_queue');
  });

  it('are read at the scrape where a hook asks for them, even if another hook fails', async () => {
    const metrics = ourMetrics();
    metrics.beforeScrape(() => {
      throw new Error('store gone');
    });
    metrics.beforeScrape(async () => {
      await Promise.resolve();
      metrics.setWorkersAlive(4);
    });
    expect(await metrics.render()).toContain('takt_workers_alive{service="api"} 4');
  });

  it('include those of the process by default', async () => {
    expect(await new Metrics({ service: 'worker' }).render()).toContain('process_resident_memory_bytes');
  });
});
