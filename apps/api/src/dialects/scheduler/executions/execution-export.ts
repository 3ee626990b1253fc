import type { Execution } from '#application/executions/execution.js';
import type { ExportFormat } from './execution.dto.js';
import { presentExecution } from './execution.presenter.js';
import type { ExecutionResponse } from './execution.responses.js';

const COLUMNS = [
  'id',
  'number',
  'jobId',
  'jobName',
  'taskFunction',
  'queue',
  'status',
  'reason',
  'triggeredBy',
  'triggeredByName',
  'scheduledFor',
  'startedAt',
  'completedAt',
  'durationSeconds',
  'queueWaitSeconds',
  'attempt',
  'maxAttempts',
  'workerName',
  'exitCode',
  'errorMessage',
] as const satisfies readonly (keyof ExecutionResponse)[];

/** What a file of executions begins with, and what each of them adds. */
export const EXPORTS: Readonly<Record<ExportFormat, { type: string; head: string; line: (execution: Execution) => string }>> = {
  csv: { type: 'text/csv; charset=utf-8', head: `${COLUMNS.join(',')}\r\n`, line: csvLine },
  ndjson: { type: 'application/x-ndjson', head: '', line: (execution) => `${JSON.stringify(presentExecution(execution))}\n` },
};

/** RFC 4180. */
function csvLine(execution: Execution): string {
  const shown = presentExecution(execution);
  return `${COLUMNS.map((column) => cell(shown[column])).join(',')}\r\n`;
}

/** Spreadsheets take a text that begins like a formula for one; an apostrophe before it keeps it a text. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
