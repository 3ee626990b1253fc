import type { ExecutionCursor, ExecutionFilter, LogFilter } from '#application/executions/execution.repository.js';
import type { JobId, WorkerId } from '#domain/ids.js';
import { InputError } from '../../../http/input.pipe.js';
import { parseInstant } from '../../../http/instant.js';
import { given } from '../input/given.js';
import { decodeCursor } from './execution-cursor.js';
import type { JobExecutionFilterQuery, LogPageQuery } from './execution.dto.js';

const DEFAULT_LOG_PAGE = 500;

const DAY_MS = 86_400_000;
/** Error texts are read one by one: in a range of this length at most, and of this length where none is said. */
const TEXT_RANGE_MS = 31 * DAY_MS;
const DEFAULT_TEXT_RANGE_MS = 7 * DAY_MS;

/** A query for executions; `job_id` where it can be filtered by. */
export type ExecutionQuery = JobExecutionFilterQuery & { readonly job_id?: string };

/** @throws InputError when ranges end before they begin, or one for `q` is too long */
export function toExecutionFilter(query: ExecutionQuery, now: Date): ExecutionFilter {
  const [status, ...others] = query.status ?? [];
  return given({
    jobId: query.job_id?.toLowerCase() as JobId | undefined,
    status: others.length === 0 ? status : undefined,
    statuses: others.length === 0 ? undefined : query.status,
    triggers: query.trigger,
    taskFunctionId: query.task_function_id,
    queue: query.queue,
    workerId: query.worker_id?.toLowerCase() as WorkerId | undefined,
    ...toRange(query, now),
    ...toDurations(query),
    errorText: query.q === '' ? undefined : query.q,
  });
}

/** The place that a page begins after; undefined for one with a number. @throws InputError */
export function toCursor(query: { readonly cursor?: string }): ExecutionCursor | undefined {
  return query.cursor === undefined || query.cursor === '' ? undefined : decodeCursor(query.cursor);
}

function toRange(query: ExecutionQuery, now: Date): { from?: Date | undefined; to?: Date | undefined } {
  const to = parseInstant(query.to) ?? undefined;
  const from = parseInstant(query.from) ?? undefined;
  if (from !== undefined && to !== undefined && from >= to) throw wrong('to', 'to lies not after from');
  if (query.q === undefined || query.q === '') return { from, to };
  const endMs = (to ?? now).getTime();
  const startMs = from?.getTime() ?? endMs - DEFAULT_TEXT_RANGE_MS;
  if (endMs - startMs > TEXT_RANGE_MS) throw wrong('from', 'a range for q has 31 days at most');
  return { from: new Date(startMs), to };
}

function toDurations(query: ExecutionQuery): { minDurationMs?: number | undefined; maxDurationMs?: number | undefined } {
  const { min_duration_seconds: least, max_duration_seconds: most } = query;
  if (least !== undefined && most !== undefined && least > most) {
    throw wrong('max_duration_seconds', 'max_duration_seconds lies below min_duration_seconds');
  }
  return { minDurationMs: least === undefined ? undefined : least * 1000, maxDurationMs: most === undefined ? undefined : most * 1000 };
}

function wrong(member: string, message: string): InputError {
  return new InputError('query', [{ path: [member], message }]);
}

/** A page that follows a sequence number (0 = from the start), or one that precedes it (null = to the end). */
export type LogPlace =
  | { readonly direction: 'forward'; readonly after: number; readonly limit: number }
  | { readonly direction: 'backward'; readonly before: number | null; readonly limit: number };

/** @throws InputError when more than one of `after`, `before` and `from=end` is given */
export function toLogPage({ after, before, from, limit = DEFAULT_LOG_PAGE }: LogPageQuery): LogPlace {
  const places = [...(after === undefined ? [] : ['after']), ...(before === undefined ? [] : ['before']), ...(from === 'end' ? ['from'] : [])];
  if (places.length > 1) throw wrong(places[1] ?? '', 'give one of after, before and from=end');
  if (before !== undefined) return { direction: 'backward', before, limit };
  return from === 'end' ? { direction: 'backward', before: null, limit } : { direction: 'forward', after: after ?? 0, limit };
}

export function toLogFilter({ q, attempt }: Pick<LogPageQuery, 'q' | 'attempt'>): LogFilter {
  return given({ text: q, attempt });
}

/** Where a stream goes on: after the last event that the client has, as browsers say when they reconnect. */
export function toStreamStart(lastEventId: string | undefined, after: number | undefined): number {
  return lastEventId !== undefined && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : (after ?? 0);
}
