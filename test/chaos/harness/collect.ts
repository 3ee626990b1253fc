/** The end of a run: wait until Takt has caught up, stop all firing, wait until nothing is left to do, take the evidence. */
import type { Evidence, LeaderEvent } from '../checker/evidence.js';
import type { WireJob } from './client.js';
import type { Lab } from './lab.js';
import { readMarkers, taskProcesses } from './markers.js';
import { pause, untilTrue } from './pause.js';
import type { Service } from './service.js';

const SETTLE_LIMIT_MS = 60_000;
const QUIET_LIMIT_MS = 60_000;
/** Longest grace of a stopped task, milliseconds. */
const ORPHAN_LIMIT_MS = 10_000;
const MEMORY_MARKS = 1;
const PAUSES_AT_A_TIME = 8;

export async function collect(lab: Lab): Promise<Evidence> {
  const settled = await settle(lab);
  lab.timeline.note(settled.ms === null ? `not settled: ${settled.open}` : `settled after ${String(Math.round(settled.ms))} ms`);
  const wrongNextFires = await findWrongNextFires(lab);
  await pauseAll(lab);
  const quietMs = await untilTrue(async () => (await lab.auditor.live()) === 0, QUIET_LIMIT_MS, 250);
  lab.timeline.note(quietMs === null ? 'not quiet' : `quiet after ${String(Math.round(quietMs))} ms`);
  const { auditor } = lab;
  const versions = await auditor.versions();
  const ids = new Set(versions.map(({ jobId }) => jobId));
  await untilTrue(() => taskProcesses((id) => ids.has(id)).length === 0, ORPHAN_LIMIT_MS);
  const listed = await lab.client.send(0, 'GET', '/api/v1/scheduler/executions?per_page=1');
  return {
    takenAt: await auditor.now(),
    versions,
    jobs: await auditor.jobs(),
    executions: await auditor.executions(),
    attempts: await auditor.attempts(),
    gaps: await auditor.gaps(),
    transitions: await auditor.transitions(),
    jobChanges: await auditor.jobChanges(),
    leases: await auditor.leases(),
    leaderEvents: lab.apis.flatMap(leaderEvents), // in the order of each log: the times in it may be false
    markers: readMarkers(lab.markers),
    writes: lab.writes,
    outputLengths: await auditor.outputLengths(),
    orphans: taskProcesses((id) => ids.has(id)).map(({ text }) => text),
    frozen: lab.frozen,
    api: { executions: (listed.body as { total?: number } | null)?.total ?? null, wrongNextFires },
    settledMs: settled.ms,
    unsettled: settled.open,
    quietMs,
  };
}

async function settle(lab: Lab): Promise<{ ms: number | null; open: string }> {
  let open = '';
  const ms = await untilTrue(async () => {
    const { overdue, unsent, registrable, outdated } = await lab.auditor.backlog();
    const schedulers = await queueSchedulers(lab);
    open = `${String(overdue)} overdue, ${String(unsent)} unsent, ${String(outdated)} outdated, ${String(schedulers)} of ${String(registrable)} in the queue`;
    return overdue + unsent + outdated === 0 && (schedulers === null || schedulers === registrable);
  }, SETTLE_LIMIT_MS, 200);
  return { ms, open };
}

/** Job schedulers that Redis has, the mark of its memory left out. */
async function queueSchedulers(lab: Lab): Promise<number | null> {
  if (lab.redis === null) return null;
  const reply = await lab.redis.command('ZCARD takt:ticks:repeat').catch(() => ':-1');
  return Number(reply.slice(1)) - MEMORY_MARKS;
}

/** Jobs whose next fire the API shows wrongly, where the database said the same before and after. */
async function findWrongNextFires(lab: Lab): Promise<string[]> {
  const before = new Map((await lab.auditor.jobs()).map((job) => [job.id, job.nextFireAt]));
  const wrong: string[] = [];
  const page = await lab.client.send(0, 'GET', '/api/v1/scheduler/jobs?per_page=100');
  const after = new Map((await lab.auditor.jobs()).map((job) => [job.id, job.nextFireAt]));
  for (const job of (page.body as { jobs?: WireJob[] } | null)?.jobs ?? []) {
    const at = job.nextRunTime === null ? null : Date.parse(job.nextRunTime);
    const known = before.get(job.id);
    if (known === after.get(job.id) && known !== at) wrong.push(`${job.id} shows ${String(job.nextRunTime)}`);
  }
  return wrong;
}

async function pauseAll(lab: Lab): Promise<void> {
  const open = (await lab.auditor.jobs()).filter(({ nextFireAt }) => nextFireAt !== null).map(({ id }) => id);
  const work = async (): Promise<void> => {
    for (let jobId = open.pop(); jobId !== undefined; jobId = open.pop()) await pauseOne(lab, jobId);
  };
  await Promise.all(Array.from({ length: PAUSES_AT_A_TIME }, work));
  lab.timeline.note('paused');
}

async function pauseOne(lab: Lab, jobId: string): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { status } = await lab.client.write(tries, { kind: 'pause', jobId, name: '' });
    if (status === 200 || status === 404) return;
    await pause(500);
  }
}

function leaderEvents(service: Service): LeaderEvent[] {
  return service.logLines().flatMap((line) => {
    const kind = kindOf(line.event);
    if (kind === null) return [];
    return [{ at: Date.parse(line.time), process: `${service.name}/${String(line.pid)}`, kind, what: kind === 'elected' ? String(line['term']) : line.event }];
  });
}

function kindOf(event: string): LeaderEvent['kind'] | null {
  if (event === 'leader.elected') return 'elected';
  if (event === 'leader.deposed') return 'deposed';
  if (event === 'scheduler.started') return 'started';
  return event.startsWith('maintenance.') && !event.endsWith('_failed') ? 'duty' : null;
}
