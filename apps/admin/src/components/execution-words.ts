/** Short words about executions, as they stand in the table. */
import type { Execution, Json, Trigger } from '@/api/types';
import { firstLine, formatDuration } from './format';
import { reasonText } from './status';

const TRIGGER_WORDS: Readonly<Record<Trigger, string>> = { scheduler: 'Schedule', manual: 'Manual', api: 'API', dependency: 'Dependency' };

/** A trigger that this release does not know is shown as it is. */
export function triggerWord(trigger: string): string {
  return Object.hasOwn(TRIGGER_WORDS, trigger) ? TRIGGER_WORDS[trigger as Trigger] : trigger;
}

/** One line that says how it went: the error, why nothing ran, or what came out; '' when there is nothing to say. */
export function outcomeLine(row: Pick<Execution, 'errorMessage' | 'reason' | 'result' | 'status'>): string {
  if (row.errorMessage !== null) return firstLine(row.errorMessage);
  if (row.reason !== null) return reasonText(row.reason);
  return resultLine(row.result);
}

/** What the duration of a run with retries is of: while it runs of all attempts, then of the last one. Null when there was one. */
export function retriesNote({ status, attempt, startedAt, completedAt }: Pick<Execution, 'status' | 'attempt' | 'startedAt' | 'completedAt'>): string | null {
  if (attempt < 2 || startedAt === null) return null;
  if (status === 'running') return 'Since its first attempt began';
  if (completedAt === null) return null;
  return `Attempt ${String(attempt)}, the last one; ${formatDuration((Date.parse(completedAt) - Date.parse(startedAt)) / 1_000)} with those before it`;
}

/** What a shell prints last, else the result as JSON; the first 160 characters. */
function resultLine(result: Json): string {
  if (result === null) return '';
  if (typeof result === 'string') return firstLine(result).slice(0, 160);
  if (typeof result === 'object' && !Array.isArray(result)) {
    const { output } = result;
    if (typeof output === 'string') return lastLine(output).slice(0, 160);
    if (Object.keys(result).length === 0) return '';
  }
  return JSON.stringify(result).slice(0, 160);
}

function lastLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- colours of terminals
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '');
  return plain.split('\n').findLast((line) => line.trim() !== '')?.trim() ?? '';
}
