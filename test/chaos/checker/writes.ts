/** I11 what was acknowledged is there, I12 nothing starts under a definition that was replaced before. */
import { isClaim } from './attempts.js';
import type { Evidence, JobChange, Transition, WriteRecord } from './evidence.js';
import { at, groupBy, Judge, type Finding } from './judge.js';

/** The client's clock is the database's, read in whole milliseconds. */
const CLOCK_GRAIN_MS = 2;
const TERMINAL = new Set(['success', 'failed', 'timeout', 'cancelled']);

const isAcked = ({ status }: WriteRecord): boolean => status >= 200 && status < 300;
/** It may or may not have happened. */
const isOpen = ({ status }: WriteRecord): boolean => status === 0 || status >= 500;

export function checkAcknowledged(evidence: Evidence): Finding {
  const judge = new Judge();
  const jobs = new Map(evidence.jobs.map((job) => [job.id, job]));
  for (const [jobId, writes] of groupBy(evidence.writes.filter(({ jobId: id }) => id !== null), ({ jobId: id }) => id ?? '')) {
    const deletes = writes.filter(({ kind }) => kind === 'delete');
    const job = jobs.get(jobId);
    if (deletes.some(isAcked)) judge.look(job === undefined, () => `${jobId}: deleted and still there`);
    if (deletes.some((write) => isAcked(write) || isOpen(write) || write.status === 404)) continue;
    if (writes.some(isAcked)) judge.look(job !== undefined, () => `${jobId}: acknowledged and not there`);
    if (job === undefined) continue;
    const changes = evidence.jobChanges.filter((change) => change.jobId === jobId);
    lookAtName(job.name, { writes, changes }, judge);
    lookAtEnabled(job.isEnabled, { writes, changes }, judge);
    lookAtTriggers(writes, evidence, judge);
  }
  return judge.finding;
}

interface History {
  readonly writes: readonly WriteRecord[];
  readonly changes: readonly JobChange[];
}

/**
 * The name is the last acknowledged one, or one that was never answered: sent after it, or before it to a process that stood
 * still and took it up only when it went on, which the database must have seen.
 */
function lookAtName(name: string, { writes, changes }: History, judge: Judge): void {
  const naming = writes.filter(({ kind }) => kind === 'create' || kind === 'rename' || kind === 'reschedule');
  const possible = lastPossible(naming, (write, since) => changes.some((change) => change.at > since && change.name === write.name)).map((write) => write.name);
  if (possible.length > 0) judge.look(possible.includes(name), () => `${name}: acknowledged as ${possible.join(' or ')}`);
}

function lookAtEnabled(isEnabled: boolean, { writes, changes }: History, judge: Judge): void {
  const toggles = writes.filter(({ kind }) => kind === 'enable' || kind === 'disable');
  const cameLate = (write: WriteRecord, since: number): boolean => changes.some((change) => change.at > since && change.isEnabled === (write.kind === 'enable'));
  const possible = lastPossible(toggles, cameLate).map(({ kind }) => kind === 'enable');
  if (toggles.some(isAcked)) judge.look(possible.includes(isEnabled), () => `${String(toggles[0]?.jobId)}: acknowledged as ${String(possible[0])}, is ${String(isEnabled)}`);
}

/** @param cameLate whether what an unanswered write wanted happened after this instant */
function lastPossible(writes: readonly WriteRecord[], cameLate: (write: WriteRecord, since: number) => boolean): WriteRecord[] {
  const last = writes.findLastIndex(isAcked);
  const acked = writes[last];
  if (acked === undefined) return writes.filter(isOpen);
  const late = writes.slice(0, last).filter((write) => write.status === 0 && cameLate(write, acked.answeredAt + CLOCK_GRAIN_MS));
  return [acked, ...late, ...writes.slice(last + 1).filter(isOpen)];
}

function lookAtTriggers(writes: readonly WriteRecord[], evidence: Evidence, judge: Judge): void {
  const triggered = writes.filter((write) => write.kind === 'trigger' && isAcked(write));
  for (const { executionId } of triggered) {
    const execution = evidence.executions.find(({ id }) => id === executionId);
    judge.look(execution !== undefined && TERMINAL.has(execution.status), () => `trigger ${String(executionId)} was acknowledged and is ${execution?.status ?? 'not there'}`);
  }
}

/**
 * After the answer to a change, what the old definition had made and nobody had started does not start; after the answer to
 * disable or delete nothing starts at all until the job is enabled again.
 */
export function checkReplaced(evidence: Evidence): Finding {
  const judge = new Judge();
  const changes = groupBy(evidence.transitions, ({ jobId }) => jobId);
  const insertedAt = new Map(evidence.transitions.filter(({ from }) => from === null).map(({ executionId, at: instant }) => [executionId, instant]));
  const effective = new Set(['reschedule', 'enable', 'disable', 'pause', 'delete']);
  for (const [jobId, writes] of groupBy(evidence.writes, ({ jobId: id }) => id ?? '')) {
    const claims = (changes.get(jobId) ?? []).filter(isClaim);
    for (const [index, write] of writes.entries()) {
      if (!isAcked(write) || !effective.has(write.kind) || !changedSomething(write, evidence)) continue;
      const reopenedAt = reopening(writes, index, evidence);
      for (const claim of claims) {
        if (claim.at <= write.answeredAt) continue;
        judge.look(!isForbidden(claim, write, { reopenedAt, insertedAt: insertedAt.get(claim.executionId) ?? 0 }), () =>
          `${jobId}: ${claim.executionId} for ${at(claim.scheduledFor)} started ${at(claim.at)}, after the answer to ${write.kind} at ${at(write.answeredAt)}`);
      }
    }
  }
  return judge.finding;
}

/** When the job may have been enabled again: by a later write, or by one that was never answered and came late. */
function reopening(writes: readonly WriteRecord[], index: number, { jobChanges }: Evidence): number {
  const { answeredAt = Infinity, jobId = null } = writes[index] ?? {};
  const next = writes.slice(index + 1).find(({ kind }) => kind === 'enable')?.sentAt ?? Infinity;
  const mayComeLate = writes.slice(0, index).some(({ kind, status }) => kind === 'enable' && status === 0);
  const late = jobChanges.find((change) => change.jobId === jobId && change.at > answeredAt && change.isEnabled);
  return Math.min(next, mayComeLate ? (late?.at ?? Infinity) : Infinity);
}

/** A write that says what was so already makes no version and replaces nothing. A deleted job has none to look at. */
function changedSomething({ kind, jobId, sentAt, answeredAt }: WriteRecord, { versions }: Evidence): boolean {
  if (kind === 'delete' || kind === 'disable') return true;
  return versions.some((version) => version.jobId === jobId && version.validFrom >= sentAt - CLOCK_GRAIN_MS && version.validFrom <= answeredAt + CLOCK_GRAIN_MS);
}

function isForbidden(claim: Transition, write: WriteRecord, { reopenedAt, insertedAt }: { reopenedAt: number; insertedAt: number }): boolean {
  if ((write.kind === 'disable' || write.kind === 'delete') && claim.at < reopenedAt) return true;
  if (write.kind === 'disable' || write.kind === 'enable') return false; // it may have been so before, and changed nothing
  return claim.trigger === 'scheduler' && claim.attempt === 1 && insertedAt < write.sentAt && write.kind !== 'delete';
}
