import { EXECUTION_STATUSES, type ExecutionStatus } from '#domain/execution/status.js';

/** The status words of the document, and one for occurrences that were skipped, which are shown on request. */
export const RUN_STATUS_WORDS = ['Pending', 'Dispatched', 'Running', 'Completed', 'Failed', 'Timeout', 'Skipped'] as const;
export type RunStatusWord = (typeof RUN_STATUS_WORDS)[number];

/** Total: a new status must be given its word here. */
const WORDS: Readonly<Record<ExecutionStatus, RunStatusWord>> = {
  pending: 'Pending',
  dispatched: 'Dispatched',
  running: 'Running',
  success: 'Completed',
  failed: 'Failed',
  cancelled: 'Failed',
  timeout: 'Timeout',
  skipped: 'Skipped',
};

export function runStatusWord(status: ExecutionStatus): RunStatusWord {
  return WORDS[status];
}

/** Everything that a word stands for; without a word, everything that is a run. */
export function statusesOf(word: RunStatusWord | undefined): ExecutionStatus[] {
  return EXECUTION_STATUSES.filter((status) => (word === undefined ? status !== 'skipped' : WORDS[status] === word));
}
