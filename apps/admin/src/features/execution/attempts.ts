/** The way of an execution from its creation to its end, as stretches of time. */
import type { AttemptStatus, ExecutionDetail } from '@/api/types';

export interface Stretch {
  readonly kind: 'queued' | 'wait' | 'run';
  /** Of a run its own, of a wait the one that it waits for. */
  readonly attempt: number;
  /** Only of runs. */
  readonly status: AttemptStatus | null;
  readonly from: string;
  /** Null while it lasts. */
  readonly to: string | null;
  /** Of a run that has ended what its worker measured, as rows and charts have it: without the way to the ledger and back. */
  readonly tookSeconds: number | null;
}

const ENDED = new Set(['success', 'failed', 'timeout', 'cancelled', 'skipped']);

/** Queued → run 1 → wait → run 2 …, without gaps. What has not come to an end yet is open. */
export function stretchesOf(execution: Pick<ExecutionDetail, 'status' | 'createdAt' | 'completedAt' | 'attempts'>): Stretch[] {
  const attempts = [...execution.attempts].sort((a, b) => a.attempt - b.attempt);
  const isOver = ENDED.has(execution.status);
  const stretches: Stretch[] = [];
  let end: string | null = execution.createdAt;
  for (const { attempt, status, startedAt, completedAt, durationSeconds } of attempts) {
    if (end !== null) stretches.push({ kind: stretches.length === 0 ? 'queued' : 'wait', attempt, status: null, from: end, to: startedAt, tookSeconds: null });
    stretches.push({ kind: 'run', attempt, status, from: startedAt, to: completedAt, tookSeconds: completedAt === null ? null : durationSeconds });
    end = completedAt;
  }
  if (end === null) return stretches;
  const last = attempts.at(-1);
  if (!isOver) stretches.push({ kind: last === undefined ? 'queued' : 'wait', attempt: (last?.attempt ?? 0) + 1, status: null, from: end, to: null, tookSeconds: null });
  // It was cancelled while it waited: the wait has an end, but no run behind it.
  else if (execution.completedAt !== null && Date.parse(execution.completedAt) - Date.parse(end) > 1_000) {
    stretches.push({ kind: last === undefined ? 'queued' : 'wait', attempt: (last?.attempt ?? 0) + 1, status: null, from: end, to: execution.completedAt, tookSeconds: null });
  }
  return stretches;
}

/** Seconds, at least 0. */
export function secondsOf({ from, to, tookSeconds }: Pick<Stretch, 'from' | 'to' | 'tookSeconds'>, nowMs: number): number {
  return tookSeconds ?? Math.max(0, ((to === null ? nowMs : Date.parse(to)) - Date.parse(from)) / 1_000);
}
