import type { Execution } from '#application/executions/execution.js';
import type { PageRequest } from '#application/page.js';
import type { JsonValue } from '#domain/json.js';
import { presentPage } from '../pages/page.presenter.js';
import type { TaskRunData, TaskRunPageData } from './task-run.responses.js';
import { runStatusWord } from './task-run.status.js';

export function presentTaskRun(execution: Execution, taskNumber: number): TaskRunData {
  const { startedAt, finishedAt } = execution;
  return {
    id: execution.number,
    task_id: taskNumber,
    status: runStatusWord(execution.status),
    worker_id: execution.workerId,
    retry_count: Math.max(0, execution.attempt - 1),
    scheduled_at: execution.scheduledFor.toISOString(),
    started_at: startedAt?.toISOString() ?? null,
    completed_at: finishedAt?.toISOString() ?? null,
    result: resultText(execution.result),
    error_message: execution.error,
    execution_duration_ms: startedAt === null || finishedAt === null ? null : finishedAt.getTime() - startedAt.getTime(),
    created_at: execution.createdAt.toISOString(),
    reason: execution.reason,
  };
}

export function presentTaskRunPage(
  runs: readonly Execution[],
  taskNumber: number,
  total: number,
  page: PageRequest,
): TaskRunPageData {
  const items = runs.map((run) => presentTaskRun(run, taskNumber));
  return presentPage(items, total, page);
}

/** A result is text here: what a command printed, a text as it is, anything else as JSON. */
export function resultText(result: JsonValue): string | null {
  if (result === null) return null;
  if (typeof result === 'string') return result;
  if (typeof result === 'object' && !Array.isArray(result) && 'exitCode' in result && typeof result['output'] === 'string') {
    return result['output'];
  }
  return JSON.stringify(result);
}
