/** F13: processes whose clocks are wrong. */
import { FalseClock, findFaketime } from '../harness/faketime.js';
import type { Lab } from '../harness/lab.js';
import { pause, untilTrue } from '../harness/pause.js';
import type { Service } from '../harness/service.js';
import { leaderService } from './probes.js';
import { BOTH, type Scenario } from './scenario.js';

const SKEW_LIMIT_MS = 12_000;

export const F13: Scenario = {
  id: 'F13',
  title: 'one worker and one API an hour off, then the leader’s clock jumps an hour forward and back, then runs ten times too fast',
  backends: BOTH,
  latenessLimitMs: 5_000,
  obstacle: async (root) => {
    const found = await findFaketime(root);
    return 'reason' in found ? found.reason : null;
  },
  run: async (lab) => {
    const found = await findFaketime(lab.options.root);
    if ('reason' in found) throw new Error(found.reason);
    const clocks = new Map(lab.services.map((service) => [service, new FalseClock(found.preload, lab.directory, service)]));
    for (const [service, clock] of clocks) {
      clock.fit();
      await service.stop();
      await service.start();
    }
    lab.writers.start({ writers: 2, everyMs: 400 });
    const set = (service: Service | undefined, offset: string): void => {
      if (service !== undefined) clocks.get(service)?.set(offset);
      lab.timeline.note(`clock of ${service?.name ?? 'nobody'}: ${offset}`);
    };
    const sign = lab.random.pick(['+', '-']);
    set(lab.workers[0], `${sign}3600`);
    const noticed = await untilTrue(async () => (await statusOf(lab, lab.workers[0])) === 'clock_skew', 20_000);
    const leader = await leaderService(lab);
    for (const offset of ['+3600', '-3600', '+0 x10']) {
      set(leader, offset);
      await pause(5_000);
    }
    for (const service of lab.services) set(service, '+0');
    const restored = await untilTrue(async () => (await statusOf(lab, lab.workers[0])) === 'alive', 20_000);
    await lab.writers.stop();
    return [
      { what: 'the worker says that its clock is wrong', value: noticed, limit: SKEW_LIMIT_MS, unit: 'ms' },
      { what: 'and works again when it is right', value: restored, limit: SKEW_LIMIT_MS, unit: 'ms' },
    ];
  },
};

async function statusOf(lab: Lab, worker: Service | undefined): Promise<string> {
  const [row] = await lab.auditor.rows<{ status: string }>('select status from worker where pid = $1', [worker?.pid ?? 0]);
  return row?.status ?? '';
}
