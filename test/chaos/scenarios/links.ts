/** F3, F5, F10, F22: processes that are frozen or blocked, connections that are dead and do not say so. */
import type { Evidence } from '../checker/evidence.js';
import type { Lab } from '../harness/lab.js';
import type { FaultProxy } from '../harness/proxy.js';
import { pause, untilTrue } from '../harness/pause.js';
import type { Service } from '../harness/service.js';
import { worst } from './kills.js';
import { leaderService, runningOn, untilCaughtUp, untilNewReign, untilProcessesGone } from './probes.js';
import { BOTH, largest, REDIS_ONLY, type Scenario, type Target } from './scenario.js';

const FREEZE_MS = 30_000;

export const F3: Scenario = {
  id: 'F3',
  title: 'the leader is frozen for 30 s and wakes up',
  backends: BOTH,
  latenessLimitMs: 25_000,
  run: async (lab) => {
    lab.writers.start({ writers: 3, everyMs: 300 });
    const leader = await leaderService(lab);
    let thaw = (): void => undefined;
    const startedAt = performance.now();
    const takeover = await untilNewReign(lab, () => {
      thaw = lab.freeze(leader);
    });
    await pause(Math.max(0, FREEZE_MS - (performance.now() - startedAt)));
    const wokenAt = Date.now();
    thaw();
    const deposed = (): number | undefined => leader.logLines().filter(({ event, pid }) => event === 'leader.deposed' && pid === leader.pid).map(({ time }) => Date.parse(time)).find((at) => at >= wokenAt - 50);
    await untilTrue(() => deposed() !== undefined, 10_000);
    await lab.writers.stop();
    return [
      { what: 'new leader after the freeze', value: takeover, limit: 20_000, unit: 'ms' },
      { what: 'the old one steps down after it woke', value: (deposed() ?? Number.NaN) - wokenAt, limit: 1_500, unit: 'ms' },
    ];
  },
};

export const F5: Scenario = {
  id: 'F5',
  title: 'a worker is frozen for 30 s, its runs are taken over, it wakes up',
  backends: BOTH,
  latenessLimitMs: 60_000,
  workload: (jobs) => [
    jobs.every('short', 1, 0.2, { maxInstances: 5, overlapPolicy: 'allow' }),
    jobs.every('very long', 4, 38, { maxInstances: 6, overlapPolicy: 'allow', timeoutSeconds: 90 }),
    jobs.every('very long, at most once', 6, 38, { maxInstances: 4, overlapPolicy: 'allow', timeoutSeconds: 90, onWorkerLost: 'fail' }),
    jobs.every('ends while it is frozen', 3, 10, { maxInstances: 6, overlapPolicy: 'allow' }),
  ],
  run: async (lab) => {
    await pause(6_000);
    const worker = lab.random.pick(lab.workers);
    const before = await runningOn(lab, worker);
    const thaw = lab.freeze(worker);
    await pause(30_000);
    thaw();
    const gone = await untilFenced(lab, { worker, before });
    return [{ what: `processes that ran too long gone after it woke (${String(before.length)} ran)`, value: gone, limit: 2_000, unit: 'ms' }];
  },
};

/** Kept until nothing that ran on it before the freeze is alive below it any more. */
async function untilFenced(lab: Lab, { worker, before }: { worker: Service; before: readonly string[] }): Promise<number | null> {
  const mine = await lab.auditor.rows<{ id: string }>(
    `select e.id from execution e join worker w on w.id = e.worker_id where e.id = any($1::uuid[]) and w.pid <> $2 and e.status = 'running'`,
    [before, worker.pid],
  );
  const elsewhere = new Set(mine.map(({ id }) => id));
  return untilProcessesGone(before.filter((id) => !elsewhere.has(id)), 20_000);
}

/** Every process but the first of each kind loses its way to one store. */
function halfOpen(store: 'redis' | 'postgres'): Scenario['run'] {
  return async (lab) => {
    lab.writers.start({ writers: 3, everyMs: 300 });
    await pause(lab.random.between(500, 2_500));
    const hit = lab.random.pick([0, 1]);
    const victims = [lab.apis[hit], lab.workers[hit]].filter((service) => service !== undefined);
    const proxies = victims.map(({ options }) => options[store]).filter((proxy): proxy is FaultProxy => proxy !== null);
    for (const proxy of proxies) proxy.set({ kind: 'blackhole' });
    lab.timeline.note(`${victims.map(({ name }) => name).join(' and ')} in a hole to ${store}`);
    await pause(25_000);
    for (const proxy of proxies) proxy.heal();
    lab.timeline.note('the hole is closed');
    const recovered = await Promise.all([untilCaughtUp(lab, 45_000), ...victims.filter(({ options }) => options.port !== null).map(async (api) => untilReady(api))]);
    await lab.writers.stop();
    return [{ what: 'all well again after the hole', value: worst(recovered), limit: 30_000, unit: 'ms' }];
  };
}

async function untilReady(api: Service): Promise<number | null> {
  return untilTrue(async () => fetch(`${api.url}/health/ready`, { signal: AbortSignal.timeout(4_000) }).then(({ ok }) => ok, () => false), 45_000);
}

export const F10_REDIS: Scenario = {
  id: 'F10-redis',
  title: 'an API and a worker lose their way to Redis without being told, for 25 s',
  backends: REDIS_ONLY,
  latenessLimitMs: 45_000,
  run: halfOpen('redis'),
};

export const F10_POSTGRES: Scenario = {
  id: 'F10-postgres',
  title: 'an API and a worker lose their way to Postgres without being told, for 25 s',
  backends: BOTH,
  latenessLimitMs: 50_000,
  run: halfOpen('postgres'),
  workload: (jobs) => [
    jobs.every('each second', 1, 0.1, { maxInstances: 3, overlapPolicy: 'queue-all', catchUp: { mode: 'all', windowSeconds: 600 } }),
    jobs.every('every 2 s', 2, 0.2),
    jobs.cron('cron on even seconds', '*/2 * * * * *', 'UTC'),
    jobs.every('long enough to lose its lease', 4, 35, { maxInstances: 5, overlapPolicy: 'allow', timeoutSeconds: 90 }),
    jobs.every('the same, at most once', 8, 35, { maxInstances: 3, overlapPolicy: 'allow', timeoutSeconds: 90, onWorkerLost: 'fail' }),
    jobs.every('overlaps, skip', 2, 3),
  ],
};

export const F22: Scenario = {
  id: 'F22',
  title: 'the event loops of a worker and of an API stand still for 12 s, then for 27 s',
  backends: BOTH,
  latenessLimitMs: 45_000,
  run: async (lab) => {
    lab.writers.start({ writers: 2, everyMs: 400 });
    const woken: (number | null)[] = [];
    for (const ms of [12_000, 27_000]) {
      const thaws = [lab.random.pick(lab.workers), lab.random.pick(lab.apis)].map((service) => lab.freeze(service));
      await pause(ms);
      for (const thaw of thaws) thaw();
      woken.push(await untilCaughtUp(lab, 30_000));
    }
    await lab.writers.stop();
    return [{ what: 'nothing overdue after they go on', value: worst(woken), limit: 15_000, unit: 'ms' }];
  },
  after: (evidence) => [doubleWrites(evidence)],
};

function doubleWrites({ attempts }: Evidence): Target {
  const keys = attempts.map(({ executionId, token }) => `${executionId}/${String(token)}`);
  return { what: 'ends recorded twice under one token', value: largest([keys.length - new Set(keys).size]), limit: 0, unit: '' };
}
