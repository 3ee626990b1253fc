/** I1 completeness, I2 uniqueness, I3 true reasons: the ledger against the due times. */
import { dueOverVersions } from './due-times.js';
import type { Evidence, Execution, Gap, JobFacts } from './evidence.js';
import { at, groupBy, Judge, type Finding } from './judge.js';

/** A decision later than this was late, and a missed occurrence may be skipped for it, milliseconds. */
const ON_TIME_MS = 5_000;

/** Rows carry the time at which their transaction began or their statement ran; others see them from its commit on. */
const COMMIT_MS = 1_000;

/** Each due time of each job is in the ledger, and nothing else is. */
export function checkCompleteness(evidence: Evidence): Finding {
  const judge = new Judge();
  const versions = groupBy(evidence.versions, ({ jobId }) => jobId);
  const executions = groupBy(scheduled(evidence), ({ jobId }) => jobId);
  const gaps = groupBy(evidence.gaps, ({ jobId }) => jobId);
  for (const { id, name } of evidence.jobs) {
    const due = dueOverVersions(versions.get(id) ?? [], evidence.takenAt);
    const recorded = new Set((executions.get(id) ?? []).map(({ scheduledFor }) => scheduledFor));
    const inGap = (instant: number): boolean => (gaps.get(id) ?? []).some(({ from, to }) => from <= instant && instant <= to);
    for (const instant of due) judge.look(recorded.has(instant) || inGap(instant), () => `${name}: ${at(instant)} was due and is not in the ledger`);
    const wanted = new Set(due);
    for (const instant of recorded) judge.look(wanted.has(instant), () => `${name}: ${at(instant)} is in the ledger and was not due`);
    for (const gap of gaps.get(id) ?? []) judge.look(countIn(due, gap) === gap.count, () => `${name}: the gap from ${at(gap.from)} counts ${String(gap.count)}`);
  }
  return judge.finding;
}

function countIn(due: readonly number[], { from, to }: Gap): number {
  return due.filter((instant) => from <= instant && instant <= to).length;
}

export function checkUniqueness(evidence: Evidence): Finding {
  const judge = new Judge();
  for (const [key, rows] of groupBy(scheduled(evidence), ({ jobId, scheduledFor }) => `${jobId}/${at(scheduledFor)}`)) {
    const inGap = evidence.gaps.some((gap) => rows.some((row) => gap.jobId === row.jobId && gap.from <= row.scheduledFor && row.scheduledFor <= gap.to));
    judge.look(rows.length === 1 && !inGap, () => `${key} is in the ledger ${String(rows.length + (inGap ? 1 : 0))} times`);
  }
  return judge.finding;
}

export function checkReasons(evidence: Evidence): Finding {
  const judge = new Judge();
  const jobs = new Map(evidence.jobs.map((job) => [job.id, job]));
  const lives = groupBy(evidence.executions, ({ jobId }) => jobId);
  for (const row of evidence.executions) {
    const job = jobs.get(row.jobId);
    if (row.status !== 'skipped' || job === undefined) continue;
    const isTrue = reasonIsTrue(row, job, { evidence, others: lives.get(row.jobId) ?? [] });
    judge.look(isTrue, () => `${job.name}: ${at(row.scheduledFor)} skipped as ${String(row.reason)}, which is not so`);
  }
  return judge.finding;
}

function reasonIsTrue(row: Execution, job: JobFacts, { evidence, others }: { evidence: Evidence; others: readonly Execution[] }): boolean {
  const lateMs = row.createdAt - row.scheduledFor;
  switch (row.reason) {
    case 'overlap':
    case 'limit':
      return others.some((other) => other.id !== row.id && (other.status === 'skipped' ? waitedAt(other, row.createdAt) : wasLive(other, row.createdAt)));
    case 'missed_window':
      return lateMs > ON_TIME_MS && (job.catchUpMode === 'none' || lateMs > job.catchUpWindowMs);
    case 'coalesced':
      return job.catchUpMode === 'latest' && others.some(({ scheduledFor }) => scheduledFor > row.scheduledFor) && (lateMs > ON_TIME_MS || isTakenAlong(row, others, evidence));
    case 'paused':
    case 'superseded':
      return evidence.versions.some(({ jobId, validFrom }) => jobId === row.jobId && validFrom >= row.scheduledFor);
    default:
      return false;
  }
}

/** On time, but planned together with occurrences that were missed: an outage does not end five seconds early. */
function isTakenAlong(row: Execution, others: readonly Execution[], { gaps }: Evidence): boolean {
  const isMissed = (other: Execution): boolean =>
    other.scheduledFor < row.scheduledFor && other.createdAt - other.scheduledFor > ON_TIME_MS && Math.abs(other.createdAt - row.createdAt) < COMMIT_MS;
  return others.some(isMissed) || gaps.some(({ jobId, to }) => jobId === row.jobId && to < row.scheduledFor);
}

/** It waited for its slot then, until its job was paused or changed. */
function waitedAt({ reason, createdAt, finishedAt }: Execution, instant: number): boolean {
  return (reason === 'paused' || reason === 'superseded') && finishedAt !== null && createdAt < instant && finishedAt > instant;
}

function wasLive(other: Execution, instant: number): boolean {
  return other.createdAt <= instant + COMMIT_MS && (other.finishedAt === null || other.finishedAt >= instant - COMMIT_MS);
}

function scheduled(evidence: Evidence): Execution[] {
  return evidence.executions.filter(({ trigger }) => trigger === 'scheduler');
}
