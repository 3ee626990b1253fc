/** F14, F17, F23: changes, poison and restarts while everything runs. */
import type { Lab } from '../harness/lab.js';
import { pause } from '../harness/pause.js';
import { standardWorkload } from '../harness/workload.js';
import { worst } from './kills.js';
import { BOTH, type Scenario } from './scenario.js';

const STORM_JOBS = 60;
const STORM_MS = 20_000;
const STORM_CLIENTS = 12;

export const F14: Scenario = {
  id: 'F14',
  title: `${String(STORM_JOBS)} jobs that are due every second are changed as fast as the API answers`,
  backends: BOTH,
  latenessLimitMs: 15_000,
  workload: (jobs) =>
    Array.from({ length: STORM_JOBS }, (_none, index) =>
      jobs.every(`storm ${String(index)}`, 1, 0.4, { overlapPolicy: index % 2 === 0 ? 'queue-all' : 'skip', retryCount: 1 }),
    ),
  run: async (lab, ids) => {
    const until = performance.now() + STORM_MS;
    const from = lab.writes.length;
    const own = [...ids.values()];
    await Promise.all(Array.from({ length: STORM_CLIENTS }, async (_none, client) => changeOwn(lab, { own: own.filter((_id, index) => index % STORM_CLIENTS === client), client, until })));
    const sent = lab.writes.slice(from);
    lab.timeline.note(`${String(sent.length)} changes, ${String(Math.round(sent.length / (STORM_MS / 1_000)))} a second`);
    return [{ what: 'changes that were not acknowledged', value: sent.filter(({ status }) => status !== 200 && status !== 204).length, limit: 0, unit: '' }];
  },
};

/** Each client has jobs of its own, so that the order of the answers is the order of the changes. */
async function changeOwn(lab: Lab, { own, client, until }: { own: readonly string[]; client: number; until: number }): Promise<void> {
  const left = [...own];
  for (let turn = 0; performance.now() < until && left.length > 0; turn += 1) {
    const jobId = lab.random.pick(left);
    const kind = lab.random.pick(['reschedule', 'reschedule', 'disable', 'enable', 'enable', 'pause', 'resume', turn % 15 === 14 ? 'delete' : 'reschedule'] as const);
    if (kind === 'delete') left.splice(left.indexOf(jobId), 1);
    const name = `changed ${String(client)}.${String(turn)}`;
    const body = kind === 'reschedule' ? { name, scheduleConfig: { seconds: lab.random.between(1, 2) } } : kind === 'enable' || kind === 'disable' ? { isEnabled: kind === 'enable' } : undefined;
    await lab.client.write(client + turn, { kind, jobId, name }, body);
  }
}

export const F17: Scenario = {
  id: 'F17',
  title: 'a job kills every worker that runs it; another has no handler, a third an enormous output',
  backends: BOTH,
  latenessLimitMs: 30_000,
  workload: (jobs) => [
    ...standardWorkload(jobs).slice(0, 5),
    { name: 'poison', body: { ...jobs.every('poison', 3600, 40).body, timeoutSeconds: 120 } },
    { name: 'flood', body: { ...jobs.every('flood', 3600, 0).body, taskArgs: { command: 'head -c 50000000 /dev/zero | tr "\\0" x' } } },
    { name: 'segfault', body: { ...jobs.every('segfault', 3600, 0, { retryCount: 0 }).body, taskArgs: { command: 'kill -SEGV $$' } } },
  ],
  run: async (lab, ids) => {
    const poison = ids.get('poison') ?? '';
    for (const name of ['poison', 'flood', 'segfault']) await lab.client.write(0, { kind: 'trigger', jobId: ids.get(name) ?? null, name });
    const startedAt = performance.now();
    const lost = await killItsWorkers(lab, poison);
    const outcomes = await lab.auditor.rows<{ status: string; reason: string | null }>('select status, reason from execution where job_id = $1', [poison]);
    const isPoison = outcomes.every(({ status, reason }) => status === 'failed' && reason === 'poison');
    return [
      { what: 'workers killed before it was given up', value: lost, limit: 3, unit: '' },
      { what: 'given up', value: isPoison ? performance.now() - startedAt : null, limit: 85_000, unit: 'ms' },
    ];
  },
};

/** As often as the job starts, the worker that runs it dies. @returns how often */
async function killItsWorkers(lab: Lab, jobId: string): Promise<number> {
  let killed = 0;
  const until = performance.now() + 85_000;
  while (performance.now() < until) {
    await pause(100);
    const [row] = await lab.auditor.rows<{ pid: number | null; status: string }>(
      'select w.pid, e.status from execution e left join worker w on w.id = e.worker_id where e.job_id = $1',
      [jobId],
    );
    if (row?.status === 'failed') break;
    const victim = row?.status === 'running' ? lab.workers.find(({ pid, isUp }) => isUp && pid === row.pid) : undefined;
    if (victim === undefined) continue;
    victim.kill();
    killed += 1;
    lab.timeline.note(`${victim.name} killed by the poison`);
    await victim.resurrect();
  }
  return killed;
}

export const F23: Scenario = {
  id: 'F23',
  title: 'every process is restarted in order under load, one after the other',
  backends: BOTH,
  latenessLimitMs: 5_000,
  run: async (lab) => {
    const stops: (number | null)[] = [];
    let failures = 0;
    lab.writers.start({ writers: 4, everyMs: 150 });
    for (const service of [...lab.workers, ...lab.apis]) {
      await pause(lab.random.between(500, 1_500));
      const from = lab.writes.length;
      lab.timeline.note(`SIGTERM ${service.name}`);
      stops.push(await service.stop());
      await service.start();
      const stopped = lab.apis.indexOf(service);
      failures += lab.writes.slice(from).filter(({ api, status }) => api % 2 !== stopped && (status === 0 || status >= 500)).length;
    }
    await lab.writers.stop();
    return [
      { what: 'longest stop', value: worst(stops), limit: 40_000, unit: 'ms' },
      { what: 'requests that failed at the other API', value: failures, limit: 0, unit: '' },
    ];
  },
  after: ({ attempts }) => [{ what: 'attempts lost by an orderly stop', value: attempts.filter(({ status }) => status === 'lost').length, limit: 0, unit: '' }],
};
