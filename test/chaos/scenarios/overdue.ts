/** F2-overdue: while nobody plans, everybody can see it (R8), and not any more when somebody does. */
import { untilTrue } from '../harness/pause.js';
import type { Service } from '../harness/service.js';
import { untilCaughtUp } from './probes.js';
import { BOTH, type Scenario } from './scenario.js';

/** Overdue means 10 s late; the first second of the jobs, the memory of the answer and a busy machine come on top. */
const SEEN_LIMIT_MS = 16_000;

export const F2_OVERDUE: Scenario = {
  id: 'F2-overdue',
  title: 'the only API that plans is killed; the other one says that jobs are overdue until it is back',
  backends: BOTH,
  latenessLimitMs: 35_000,
  run: async (lab) => {
    const [watcher, planner] = lab.apis;
    if (watcher === undefined || planner === undefined) throw new Error('Two APIs are needed');
    watcher.with({ SCHEDULER_ENABLED: 'false' });
    await watcher.stop();
    await watcher.start();
    await untilTrue(async () => (await lookAt(watcher)).status === 200, 20_000);
    planner.kill();
    lab.timeline.note(`${planner.name} killed, nobody plans`);
    const seen = await untilTrue(async () => (await lookAt(watcher)).isDegraded, SEEN_LIMIT_MS * 2);
    const shown = await overdueMetric(watcher);
    lab.timeline.note(`seen: takt_fires_overdue ${String(shown)}`);
    await planner.resurrect();
    const caughtUp = await untilCaughtUp(lab, 40_000);
    const well = await untilTrue(async () => (await lookAt(watcher)).status === 200, 10_000);
    const left = await overdueMetric(watcher);
    return [
      { what: 'readiness says "degraded" because of the scheduler after', value: seen, limit: SEEN_LIMIT_MS, unit: 'ms' },
      { what: 'jobs that are overdue and not in the metric', value: shown === null ? null : Number(shown === 0), limit: 0, unit: '' },
      { what: 'nothing overdue after it is back', value: caughtUp, limit: 25_000, unit: 'ms' },
      { what: 'and the readiness is 200 again after', value: well, limit: 3_000, unit: 'ms' },
      { what: 'takt_fires_overdue in the end', value: left, limit: 0, unit: '' },
    ];
  },
};

async function lookAt({ url }: Service): Promise<{ status: number; isDegraded: boolean }> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    const body = (await response.json()) as { status?: string; checks?: { scheduler?: { status?: string } } };
    const isDegraded = response.status === 503 && body.status === 'degraded' && body.checks?.scheduler?.status === 'degraded';
    return { status: response.status, isDegraded };
  } catch {
    return { status: 0, isDegraded: false };
  }
}

/** The gauge as it is scraped; null: there is none. */
async function overdueMetric({ url }: Service): Promise<number | null> {
  const text = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) }).then(async (response) => response.text(), () => '');
  const value = /^takt_fires_overdue(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1];
  return value === undefined ? null : Number(value);
}
