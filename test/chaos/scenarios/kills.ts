/** F1, F2, F4, F6: processes that are killed. */
import { pause } from '../harness/pause.js';
import type { Lab } from '../harness/lab.js';
import { standardWorkload } from '../harness/workload.js';
import { leaderService, runningOn, untilCaughtUp, untilNewReign, untilProcessesGone } from './probes.js';
import { BOTH, largest, type Scenario, type Target } from './scenario.js';
import type { Evidence } from '../checker/evidence.js';

export const F1: Scenario = {
  id: 'F1',
  title: 'the API that does not lead is killed again and again under 50 writes a second',
  backends: BOTH,
  latenessLimitMs: 5_000,
  run: async (lab) => {
    const leader = await leaderService(lab);
    lab.writers.start({ writers: 10, everyMs: 200 });
    let kills = 0;
    for (const until = performance.now() + 25_000; performance.now() < until; kills += 1) {
      await pause(lab.random.between(300, 2_000));
      const other = lab.apis.find((api) => api !== leader);
      other?.kill();
      await other?.resurrect();
    }
    await lab.writers.stop();
    lab.timeline.note(`${String(kills)} kills, ${String(lab.writes.length)} writes`);
    const survivor = lab.apis.indexOf(leader);
    return [{ what: 'requests that the surviving API did not answer', value: lab.writes.filter((write) => write.api % 2 === survivor && (write.status === 0 || write.status >= 500)).length, limit: 0, unit: '' }];
  },
};

export const F2: Scenario = {
  id: 'F2',
  title: 'the leader is killed at random moments, then stopped in order',
  backends: BOTH,
  latenessLimitMs: 25_000,
  run: async (lab) => {
    lab.writers.start({ writers: 3, everyMs: 300 });
    const takeovers: (number | null)[] = [];
    for (let round = 0; round < 2; round += 1) {
      const leader = await leaderService(lab);
      await pause(lab.random.between(0, 1_500));
      lab.timeline.note(`kill ${leader.name}`);
      takeovers.push(await untilNewReign(lab, () => leader.kill()));
      await leader.resurrect();
    }
    const graceful = await leaderService(lab);
    lab.timeline.note(`stop ${graceful.name}`);
    const handover = await untilNewReign(lab, async () => graceful.stop());
    await pause(1_000);
    await lab.writers.stop();
    return [
      { what: 'new leader after a kill', value: worst(takeovers), limit: 20_000, unit: 'ms' },
      { what: 'new leader after SIGTERM', value: handover, limit: 2_000, unit: 'ms' },
    ];
  },
};

export const F4: Scenario = {
  id: 'F4',
  title: 'workers are killed while tasks run',
  backends: BOTH,
  latenessLimitMs: 30_000,
  run: async (lab) => {
    lab.writers.start({ writers: 2, everyMs: 400 });
    const gone: (number | null)[] = [];
    for (let round = 0; round < 5; round += 1) {
      await pause(lab.random.between(1_000, 3_000));
      gone.push(await killWorker(lab));
    }
    await lab.writers.stop();
    return [{ what: 'processes of a killed worker gone', value: worst(gone), limit: 1_000, unit: 'ms' }];
  },
  after: (evidence) => [lossDetection(evidence)],
};

async function killWorker(lab: Lab): Promise<number | null> {
  const worker = lab.random.pick(lab.workers);
  const running = await runningOn(lab, worker);
  lab.timeline.note(`kill ${worker.name}, which runs ${String(running.length)}`);
  worker.kill();
  const gone = await untilProcessesGone(running, 10_000);
  await worker.resurrect();
  return gone;
}

/** From the last sign of life in the ledger that a lost attempt can have had to the moment it was found. */
export function lossDetection(evidence: Evidence): Target {
  const starts = new Map(evidence.transitions.filter(({ to }) => to === 'running').map(({ executionId, attempt, at }) => [`${executionId}/${String(attempt)}`, at]));
  const lost = evidence.attempts.filter(({ status }) => status === 'lost');
  const longest = largest(lost.map(({ executionId, attempt, finishedAt }) => finishedAt - (starts.get(`${executionId}/${String(attempt)}`) ?? finishedAt)));
  // The tasks last 8 s at most, so that an attempt lives that long before its worker dies.
  return { what: `longest from start to "lost" (${String(lost.length)} lost)`, value: longest, limit: 38_000, unit: 'ms' };
}

export const F6: Scenario = {
  id: 'F6',
  title: 'all processes and stores are killed at once',
  backends: BOTH,
  latenessLimitMs: 40_000,
  workload: standardWorkload,
  run: async (lab) => {
    lab.writers.start({ writers: 6, everyMs: 150 });
    const recoveries: (number | null)[] = [];
    for (let round = 0; round < 2; round += 1) {
      await pause(lab.random.between(2_000, 4_000));
      for (const service of lab.services) service.kill();
      await Promise.all([lab.postgres.kill(), lab.redis?.kill()]);
      lab.timeline.note('everything killed');
      await lab.heal();
      recoveries.push(await untilCaughtUp(lab, 40_000));
    }
    await lab.writers.stop();
    return [{ what: 'nothing overdue after the restart', value: worst(recoveries), limit: 30_000, unit: 'ms' }];
  },
};

export function worst(values: readonly (number | null)[]): number | null {
  return values.some((value) => value === null) ? null : largest(values.filter((value) => value !== null));
}
