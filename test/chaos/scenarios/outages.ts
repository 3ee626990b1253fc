/** F7, F8, F11: stores that are killed or lose everything. */
import type { Lab } from '../harness/lab.js';
import { pause } from '../harness/pause.js';
import { worst } from './kills.js';
import { untilCaughtUp, untilFires } from './probes.js';
import { BOTH, largest, REDIS_ONLY, type Scenario, type Target } from './scenario.js';

const REDIS_DOWN_MS = 20_000;
const POSTGRES_DOWN_MS = 15_000;

async function redisOutage(lab: Lab): Promise<Target[]> {
  lab.writers.start({ writers: 4, everyMs: 250 });
  await pause(lab.random.between(1_000, 3_000));
  const from = lab.writes.length;
  await lab.redis?.kill();
  lab.timeline.note('Redis killed');
  await pause(REDIS_DOWN_MS);
  await lab.redis?.start();
  lab.timeline.note('Redis back');
  const during = lab.writes.slice(from);
  const caughtUp = await untilCaughtUp(lab, 40_000);
  await lab.writers.stop();
  return [
    { what: 'nothing overdue after Redis is back', value: caughtUp, limit: 15_000, unit: 'ms' },
    { what: 'writes without an answer while Redis was away', value: during.filter(({ status }) => status === 0).length, limit: 0, unit: '' },
    { what: 'slowest write while Redis was away', value: largest(during.map(({ sentAt, answeredAt }) => answeredAt - sentAt)), limit: 12_000, unit: 'ms' },
  ];
}

export const F7: Scenario = {
  id: 'F7',
  title: 'Redis is killed, is away for 20 s, and comes back empty',
  backends: REDIS_ONLY,
  latenessLimitMs: REDIS_DOWN_MS + 15_000,
  run: redisOutage,
};

export const F7_AOF: Scenario = {
  ...F7,
  id: 'F7-aof',
  title: 'Redis is killed, is away for 20 s, and comes back with what it had',
  redisKeepsData: true,
};

export const F8: Scenario = {
  id: 'F8',
  title: 'Redis is flushed five times',
  backends: REDIS_ONLY,
  latenessLimitMs: 20_000,
  run: async (lab) => {
    lab.writers.start({ writers: 2, everyMs: 300 });
    const resumed: (number | null)[] = [];
    for (let round = 0; round < 5; round += 1) {
      await pause(lab.random.between(1_500, 4_500));
      await lab.redis?.command('FLUSHALL');
      lab.timeline.note('flushed');
      resumed.push(await untilFires(lab, 20_000));
    }
    await lab.writers.stop();
    return [{ what: 'fires again after a flush', value: worst(resumed), limit: 5_000, unit: 'ms' }];
  },
};

/** How the API behaves while Postgres is away: quick refusals, alive, not ready. */
async function askWithoutPostgres(lab: Lab): Promise<Target[]> {
  const list = await Promise.all([0, 1].map(async (api) => lab.client.send(api, 'GET', '/api/v1/scheduler/jobs')));
  const live = await lab.client.send(0, 'GET', '/health/live');
  const ready = await lab.client.send(0, 'GET', '/health/ready');
  return [
    { what: 'slowest refusal without Postgres', value: largest(list.map(({ tookMs }) => tookMs)), limit: 5_500, unit: 'ms' },
    { what: 'answers other than 503 without Postgres', value: list.filter(({ status }) => status !== 503).length, limit: 0, unit: '' },
    { what: 'liveness other than 200', value: live.status === 200 ? 0 : 1, limit: 0, unit: '' },
    { what: 'readiness other than 503', value: ready.status === 503 ? 0 : 1, limit: 0, unit: '' },
  ];
}

export const F11: Scenario = {
  id: 'F11',
  title: 'Postgres: all connections cut, killed and restarted at once, killed and away for 15 s',
  backends: BOTH,
  latenessLimitMs: POSTGRES_DOWN_MS + 20_000,
  run: async (lab) => {
    lab.writers.start({ writers: 5, everyMs: 150 });
    await pause(lab.random.between(500, 2_000));
    await lab.auditor.rows(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'takt' and pid <> pg_backend_pid()`);
    lab.timeline.note('all connections terminated');
    await pause(2_000);
    await lab.postgres.kill();
    lab.timeline.note('Postgres killed');
    await lab.postgres.start();
    await pause(lab.random.between(1_000, 3_000));
    await lab.postgres.kill();
    lab.timeline.note('Postgres killed, stays away');
    await pause(2_000);
    const asked = await askWithoutPostgres(lab);
    await pause(POSTGRES_DOWN_MS - 4_000);
    await lab.postgres.start();
    lab.timeline.note('Postgres back');
    const caughtUp = await untilCaughtUp(lab, 40_000);
    await lab.writers.stop();
    return [...asked, { what: 'nothing overdue after Postgres is back', value: caughtUp, limit: 15_000, unit: 'ms' }];
  },
};
