/** Reads stored output into a buffer, from its start on or from its end back. */
import { get } from '@/api/client';
import type { LogPage, LogQuery } from '@/api/contract';
import type { LogBuffer } from './log-buffer';

/** Chunks of one request, the most that the API gives. */
const PAGE_CHUNKS = 1_000;
/** From the end at least so many lines are read: more than a screen holds, so that there is something to scroll. */
const LEAST_LINES = 500;

function page(executionId: string, query: LogQuery, signal: AbortSignal): Promise<LogPage> {
  return get<LogPage>(`executions/${executionId}/logs`, { limit: PAGE_CHUNKS, ...query }, signal);
}

/** Goes on behind what the buffer has, until it has that many lines. @returns whether there is nothing behind them @throws ApiError */
export async function loadOn(executionId: string, buffer: LogBuffer, { lines, signal }: { lines: number; signal: AbortSignal }): Promise<boolean> {
  for (;;) {
    const { logs, hasMore } = await page(executionId, { after: buffer.lastSeq }, signal);
    if (signal.aborted) return false;
    buffer.add(logs);
    if (!hasMore) return true;
    if (buffer.lines.length >= lines) return false;
  }
}

/** The last page into an empty buffer. @returns lines of all output @throws ApiError */
export async function loadEnd(executionId: string, buffer: LogBuffer, signal: AbortSignal): Promise<number | null> {
  const { logs, totalLines } = await page(executionId, { from: 'end' }, signal);
  if (signal.aborted) return null;
  buffer.add(logs);
  while (buffer.lines.length < LEAST_LINES && (await loadBefore(executionId, buffer, { isAllWanted: false, signal })));
  return totalLines;
}

/** @returns lines of all output @throws ApiError */
export async function countLines(executionId: string, signal: AbortSignal): Promise<number | null> {
  return (await page(executionId, { from: 'end', limit: 1 }, signal)).totalLines;
}

/**
 * The page before what the buffer has, or all pages. They are put before it at once: each time it cuts all of its lines anew.
 * After an error what came until then is kept; after an abort nothing is.
 *
 * @returns whether there is more before it @throws ApiError
 */
export async function loadBefore(executionId: string, buffer: LogBuffer, { isAllWanted, signal }: { isAllWanted: boolean; signal: AbortSignal }): Promise<boolean> {
  if (!buffer.hasEarlier) return false;
  const pages: LogPage['logs'][] = [];
  let before = buffer.firstSeq;
  try {
    for (;;) {
      const { logs, hasMore } = await page(executionId, { before: before ?? 1 }, signal);
      if (signal.aborted) return false;
      pages.unshift(logs);
      before = logs[0]?.seq ?? before;
      if (!hasMore || !isAllWanted) return hasMore;
    }
  } finally {
    if (!signal.aborted) buffer.addBefore(pages.flat());
  }
}
