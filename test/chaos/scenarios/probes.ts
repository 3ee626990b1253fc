/** Questions that scenarios ask while things are broken. */
import type { Lab } from '../harness/lab.js';
import { taskProcesses } from '../harness/markers.js';
import { untilTrue } from '../harness/pause.js';
import type { Service } from '../harness/service.js';

const LEADER_LIMIT_MS = 40_000;

interface Leader {
  readonly holder: string | null;
  readonly term: number;
  readonly isValid: boolean;
}

async function leader(lab: Lab): Promise<Leader> {
  const [row] = await lab.auditor.rows<Leader>(
    `select holder, term::int as term, holder is not null and expires_at > clock_timestamp() as "isValid" from leader_lease`,
  );
  return row ?? { holder: null, term: 0, isValid: false };
}

/** The API process that leads, by what it said in its log. */
export async function leaderService(lab: Lab): Promise<Service> {
  let found: Service | undefined;
  await untilTrue(async () => {
    const { holder, isValid } = await leader(lab);
    found = lab.apis.find((api) => isValid && api.isUp && api.logLines().some((line) => line.event === 'leader.elected' && line['instanceId'] === holder && line.pid === api.pid));
    return found !== undefined;
  }, LEADER_LIMIT_MS);
  if (found === undefined) throw new Error('Nobody leads');
  return found;
}

/** Milliseconds until a reign with a higher term began; null: none did. */
export async function untilNewReign(lab: Lab, act: () => unknown): Promise<number | null> {
  const before = await leader(lab);
  const startedAt = performance.now();
  act();
  const took = await untilTrue(async () => {
    const now = await leader(lab);
    return now.isValid && now.term > before.term;
  }, LEADER_LIMIT_MS, 50);
  return took === null ? null : performance.now() - startedAt;
}

/** Executions that this worker process runs now. */
export async function runningOn(lab: Lab, worker: Service): Promise<string[]> {
  const rows = await lab.auditor.rows<{ id: string }>(
    `select e.id from execution e join worker w on w.id = e.worker_id where e.status = 'running' and w.pid = $1`,
    [worker.pid],
  );
  return rows.map(({ id }) => id);
}

/** Milliseconds until no process of these executions is alive. */
export async function untilProcessesGone(executions: readonly string[], withinMs: number): Promise<number | null> {
  const wanted = new Set(executions);
  return untilTrue(() => !taskProcesses(() => true).some(({ execution }) => wanted.has(execution)), withinMs, 20);
}

/** Milliseconds until something scheduled after now has started; null: nothing did. */
export async function untilFires(lab: Lab, withinMs: number): Promise<number | null> {
  const since = new Date();
  return untilTrue(async () => {
    const rows = await lab.auditor
      .rows<{ fired: boolean }>(`select exists (select 1 from execution where scheduled_for > $1 and started_at is not null) as fired`, [since])
      .catch(() => []);
    return rows[0]?.fired === true;
  }, withinMs, 50);
}

/** Milliseconds until nothing that could run is overdue. */
export async function untilCaughtUp(lab: Lab, withinMs: number): Promise<number | null> {
  return untilTrue(async () => {
    const [row] = await lab.auditor
      .rows<{ open: number }>(
        `select (select count(*)::int from scheduled_job where next_fire_at < clock_timestamp() - interval '1 second')
              + (select count(*)::int from execution where status = 'pending' and hold is null and attempt = 0 and scheduled_for < clock_timestamp() - interval '2 seconds') as open`,
      )
      .catch(() => []);
    return row?.open === 0;
  }, withinMs, 100);
}
