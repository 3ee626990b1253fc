/**
 * I8 no real overlap, I9 no extra run, I10 success means that it ran to its end, I15 no orphan, I19 complete output: the
 * ledger against what tasks wrote outside it. A frozen worker's tasks go on, and nobody can stop them: what overlaps within
 * such a span is explained, everything else is not.
 */
import { isClaim } from './attempts.js';
import type { Evidence, Execution, Marker } from './evidence.js';
import { groupBy, Judge, type Finding } from './judge.js';

/** Uptime is read in hundredths of a second. */
const MONO_GRAIN_MS = 25;
const FREEZE_MARGIN_MS = 3_000;
const WALL_GRAIN_MS = 50;

/** One start of a task, with its end if there was one. */
interface Run {
  readonly start: Marker;
  readonly end: Marker | null;
}

function runsOf(evidence: Evidence): Run[] {
  const ends = new Map(evidence.markers.filter(({ phase }) => phase === 'end').map((end) => [`${end.execution}/${String(end.pid)}/${String(end.attempt)}`, end]));
  return evidence.markers
    .filter(({ phase }) => phase === 'start')
    .map((start) => ({ start, end: ends.get(`${start.execution}/${String(start.pid)}/${String(start.attempt)}`) ?? null }));
}

export function checkRealOverlap(evidence: Evidence): Finding {
  const judge = new Judge();
  const limits = new Map(evidence.jobs.map((job) => [job.id, job]));
  for (const [jobId, runs] of groupBy(runsOf(evidence), ({ start }) => start.job)) {
    const job = limits.get(jobId);
    lookAtOneExecution(runs, { evidence, judge, atMostOnce: job?.onWorkerLost === 'fail' });
    if (job !== undefined) lookAtOneJob(runs, { evidence, judge, limit: job.maxInstances, name: job.name });
  }
  return judge.finding;
}

function lookAtOneExecution(runs: readonly Run[], around: { evidence: Evidence; judge: Judge; atMostOnce: boolean }): void {
  const { evidence, judge } = around;
  const lost = new Set(evidence.attempts.filter(({ status }) => status === 'lost').map((one) => `${one.executionId}/${String(one.attempt)}`));
  for (const [id, ofOne] of groupBy(runs, ({ start }) => start.execution)) {
    const ordered = [...ofOne].sort((one, other) => one.start.mono - other.start.mono);
    ordered.forEach((run, index) => {
      const next = ordered[index + 1];
      if (next === undefined) return;
      const overlapMs = (run.end?.mono ?? -Infinity) - next.start.mono;
      judge.look(overlapMs <= MONO_GRAIN_MS || wasFrozen(evidence, run), () => `${id}: attempt ${String(run.start.attempt)} went on ${String(Math.round(overlapMs))} ms beside attempt ${String(next.start.attempt)}`);
      const wasLost = lost.has(`${id}/${String(run.start.attempt)}`);
      if (around.atMostOnce) judge.look(!wasLost, () => `${id}: started again although its job allows no second start`);
    });
  }
}

/** Sweeps over the starts and ends of different executions of one job. */
function lookAtOneJob(runs: readonly Run[], around: { evidence: Evidence; judge: Judge; limit: number; name: string }): void {
  const { evidence, judge, limit, name } = around;
  const closed = runs.filter((run) => run.end !== null && !wasFrozen(evidence, run));
  const edges = closed
    .flatMap(({ start, end }) => [{ mono: start.mono, by: 1 }, { mono: (end?.mono ?? start.mono) - MONO_GRAIN_MS, by: -1 }])
    .sort((one, other) => one.mono - other.mono || one.by - other.by);
  let live = 0;
  for (const { by } of edges) {
    live += by;
    if (by > 0) judge.look(live <= limit, () => `${name}: ${String(live)} tasks at once, ${String(limit)} allowed`);
  }
}

function wasFrozen({ frozen }: Evidence, { start, end }: Run): boolean {
  return frozen.some(({ from, until }) => start.wall <= until + FREEZE_MARGIN_MS && (end?.wall ?? Infinity) >= from);
}

export function checkExtraRuns(evidence: Evidence): Finding {
  const judge = new Judge();
  const claims = new Set(evidence.transitions.filter(isClaim).map(({ executionId, attempt }) => `${executionId}/${String(attempt)}`));
  const seen = new Set<string>();
  for (const { start } of runsOf(evidence)) {
    const key = `${start.execution}/${String(start.attempt)}`;
    judge.look(claims.has(key), () => `${key} ran and was never claimed`);
    judge.look(!seen.has(key), () => `${key} ran twice`);
    seen.add(key);
  }
  return judge.finding;
}

export function checkEnds(evidence: Evidence): Finding {
  const judge = new Judge();
  const ended = new Map<string, Marker>(runsOf(evidence).flatMap(({ end }) => (end === null ? [] : [[`${end.execution}/${String(end.attempt)}`, end] as [string, Marker]])));
  const recorded = new Map<string, string>();
  for (const { executionId, attempt, status } of evidence.attempts) recorded.set(`${executionId}/${String(attempt)}`, status);
  for (const { id, attempt, status, finishedAt } of markedExecutions(evidence)) {
    const key = `${id}/${String(attempt)}`;
    const end = ended.get(key);
    if (status === 'success' && end !== undefined) judge.look(end.wall <= (finishedAt ?? 0) + WALL_GRAIN_MS, () => `${key} was recorded as a success ${String(Math.round(end.wall - (finishedAt ?? 0)))} ms before its task ended`);
    if (status === 'success') judge.look(ended.get(key)?.code === 0, () => `${key} is a success and its task did not end well`);
    if (status === 'success') recorded.set(key, 'success');
  }
  const known = new Set(evidence.executions.map(({ id }) => id));
  for (const [key, end] of ended) {
    if (!known.has(end.execution)) continue; // its job was deleted
    const status = recorded.get(key);
    const fits = end.code === 0 ? ['success', 'lost', 'cancelled', 'timeout'] : ['failed', 'lost', 'cancelled', 'timeout'];
    judge.look(status !== undefined && fits.includes(status), () => `${key} ended with ${String(end.code)} and is recorded as ${String(status)}`);
  }
  return judge.finding;
}

function markedExecutions({ jobs, executions }: Evidence): Execution[] {
  const marked = new Set(jobs.filter(({ leavesMarks }) => leavesMarks).map(({ id }) => id));
  return executions.filter(({ jobId }) => marked.has(jobId));
}

export function checkOrphans(evidence: Evidence): Finding {
  const judge = new Judge();
  judge.look(evidence.orphans.length === 0, () => `processes of tasks are alive: ${evidence.orphans.slice(0, 5).join('; ')}`);
  return judge.finding;
}

/** Each task prints one line whose length is known. */
export function checkOutput(evidence: Evidence): Finding {
  const judge = new Judge();
  for (const { id, jobId, attempt, status, scheduledFor } of markedExecutions(evidence)) {
    if (status !== 'success') continue;
    const key = `${id}/${String(attempt)}`;
    const expected = `attempt ${String(attempt)} of ${jobId}/${new Date(scheduledFor).toISOString()}\n`.length;
    const stored = evidence.outputLengths.get(key) ?? 0;
    judge.look(stored === expected, () => `${key}: ${String(stored)} of ${String(expected)} characters of output are stored`);
  }
  return judge.finding;
}
