/** I4 no early start, I6 nothing runs for ever, I7 attempts one after the other under growing tokens, I16 their number. */
import type { Attempt, Evidence, Execution, Transition } from './evidence.js';
import { at, groupBy, Judge, type Finding } from './judge.js';

const MARKER_TOLERANCE_MS = 50;
const LEASE_GRACE_MS = 10_000;
const LOST_LIMIT = 3;
const TERMINAL = new Set(['success', 'failed', 'timeout', 'cancelled', 'skipped']);
/** Commit times and statement times of one machine differ by less, milliseconds. */
const CLOCK_GRAIN_MS = 10;

export function checkNoEarlyStart(evidence: Evidence): Finding {
  const judge = new Judge();
  for (const { id, trigger, scheduledFor, startedAt } of evidence.executions) {
    if (startedAt === null || trigger !== 'scheduler') continue;
    judge.look(startedAt >= scheduledFor, () => `${id} for ${at(scheduledFor)} started ${at(startedAt)}`);
  }
  for (const { execution, phase, scheduledFor, wall } of evidence.markers) {
    if (phase === 'start') judge.look(wall >= scheduledFor - MARKER_TOLERANCE_MS, () => `${execution} for ${at(scheduledFor)} marked its start ${at(wall)}`);
  }
  return judge.finding;
}

export function checkNoEternalRun(evidence: Evidence): Finding {
  const judge = new Judge();
  for (const { id, status, leaseUntil } of evidence.executions) {
    const isHanging = (status === 'running' || status === 'dispatched') && (leaseUntil ?? 0) + LEASE_GRACE_MS < evidence.takenAt;
    judge.look(!isHanging, () => `${id} is ${status}, its lease ended ${at(leaseUntil)}`);
  }
  judge.look(evidence.quietMs !== null, () => `${String(evidence.executions.filter(({ status }) => !TERMINAL.has(status)).length)} executions are still live`);
  return judge.finding;
}

/** Tokens grow, each claim is the next attempt, what is final stays, and recorded attempts do not overlap. */
export function checkAttemptOrder(evidence: Evidence): Finding {
  const judge = new Judge();
  for (const [id, changes] of groupBy(evidence.transitions, ({ executionId }) => executionId)) lookAtChanges(id, changes, judge);
  const kept = groupBy(evidence.attempts, ({ executionId }) => executionId);
  for (const execution of evidence.executions) lookAtAttempts(execution, kept.get(execution.id) ?? [], judge);
  return judge.finding;
}

function lookAtChanges(id: string, changes: readonly Transition[], judge: Judge): void {
  let before: Transition | null = null;
  for (const change of changes) {
    const previous = before;
    before = change;
    if (previous === null) continue;
    judge.look(change.token >= previous.token, () => `${id}: token ${String(previous.token)} → ${String(change.token)}`);
    judge.look(!TERMINAL.has(previous.to), () => `${id}: ${previous.to} → ${change.to} at ${at(change.at)}, after it was final`);
    if (!isClaim(change)) continue;
    judge.look(change.attempt === previous.attempt + 1 && change.token > previous.token, () => `${id}: claimed attempt ${String(change.attempt)} after ${String(previous.attempt)}`);
  }
}

export function isClaim(change: Transition): boolean {
  return change.to === 'running' && change.from !== 'running';
}

function lookAtAttempts(execution: Execution, attempts: readonly Attempt[], judge: Judge): void {
  attempts.forEach((attempt, index) => {
    const next = attempts[index + 1];
    judge.look(attempt.attempt <= execution.attempt, () => `${execution.id}: attempt ${String(attempt.attempt)} of ${String(execution.attempt)}`);
    judge.look(attempt.finishedAt >= attempt.startedAt - CLOCK_GRAIN_MS, () => `${execution.id}: attempt ${String(attempt.attempt)} ended before it started`);
    if (next === undefined) return;
    judge.look(next.token > attempt.token, () => `${execution.id}: token ${String(attempt.token)} → ${String(next.token)}`);
    judge.look(next.startedAt >= attempt.finishedAt - CLOCK_GRAIN_MS, () => `${execution.id}: attempts ${String(attempt.attempt)} and ${String(next.attempt)} overlap`);
  });
  const expected = execution.attempt - (execution.status === 'success' && execution.attempt === 1 ? 1 : 0);
  judge.look(!TERMINAL.has(execution.status) || attempts.length === expected, () => `${execution.id}: ${String(attempts.length)} of ${String(expected)} attempts are recorded`);
}

export function checkAttemptLimits(evidence: Evidence): Finding {
  const judge = new Judge();
  const jobs = new Map(evidence.jobs.map((job) => [job.id, job]));
  const kept = groupBy(evidence.attempts, ({ executionId }) => executionId);
  for (const { id, jobId, attempt, lostCount, status, reason } of evidence.executions) {
    const job = jobs.get(jobId);
    if (job === undefined) continue;
    const counted = attempt - lostCount;
    judge.look(counted <= 1 + job.retryCount, () => `${id} (${job.name}): ${String(counted)} attempts, ${String(job.retryCount)} retries allowed`);
    judge.look(lostCount <= LOST_LIMIT, () => `${id} (${job.name}): lost ${String(lostCount)} times`);
    if (lostCount >= LOST_LIMIT) judge.look(status === 'failed' && reason === 'poison', () => `${id} (${job.name}): lost ${String(lostCount)} times, ended ${status} ${String(reason)}`);
    if (job.onWorkerLost === 'fail') judge.look(lostCount === 0 || status !== 'success', () => `${id} (${job.name}): started again after its worker was lost`);
    lookAtDelays(kept.get(id) ?? [], job.retryDelayMs, judge);
  }
  return judge.finding;
}

function lookAtDelays(attempts: readonly Attempt[], delayMs: number, judge: Judge): void {
  attempts.forEach((attempt, index) => {
    const next = attempts[index + 1];
    if (next === undefined || attempt.status === 'lost') return;
    const waitedMs = next.startedAt - attempt.finishedAt;
    judge.look(waitedMs >= delayMs - CLOCK_GRAIN_MS, () => `${attempt.executionId}: attempt ${String(next.attempt)} after ${String(Math.round(waitedMs))} ms`);
  });
}
