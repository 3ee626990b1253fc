'use client';
/** Loads the output of an execution page after page, and follows it while the execution is live. */
import { useDocumentVisibility } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { apiUrl, get } from '@/api/client';
import type { LogPage } from '@/api/contract';
import { executionTopic } from '@/api/keys';
import type { LogEntry } from '@/api/types';
import { LogBuffer } from './log-buffer';

/** Chunks of one request, the most that the API gives. */
const PAGE_CHUNKS = 1_000;
/** Chunks that are loaded without being asked for. */
const STRIDE_CHUNKS = 20_000;
const RETRY_MS = 5_000;

const entry = z.object({ seq: z.number(), attempt: z.number(), timestamp: z.string(), stream: z.string(), message: z.string() });

/** `loading`: pages · `following`: the stream is open · `reconnecting` · `whole`: all of it is here · `partial`: there is more to load · `failed` */
export type LogPhase = 'loading' | 'following' | 'reconnecting' | 'whole' | 'partial' | 'failed';

export interface Log {
  readonly buffer: LogBuffer;
  /** Changes with the buffer. */
  readonly version: number;
  readonly phase: LogPhase;
  readonly error: unknown;
  /** Loads the next pages, or tries again. */
  readonly loadMore: () => void;
}

/** @param isLive whether more is still to come */
export function useLog(executionId: string, isLive: boolean): Log {
  const [buffer] = useState(() => new LogBuffer());
  const version = useSyncExternalStore(buffer.subscribe, () => buffer.version, () => 0);
  const [phase, setPhase] = useState<LogPhase>('loading');
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const isVisible = useDocumentVisibility() !== 'hidden';
  const client = useQueryClient();

  useEffect(() => {
    if (!isVisible) return;
    const abort = new AbortController();
    let closeStream: (() => void) | undefined;
    // The page learns of the end from here, too, when it does not refresh itself.
    const onEnd = () => void client.invalidateQueries({ queryKey: [executionTopic(executionId)] });
    const read = async () => {
      const isWhole = await loadPages(executionId, buffer, abort.signal);
      if (abort.signal.aborted) return;
      setError(null);
      if (isLive) closeStream = follow(executionId, buffer, setPhase, onEnd);
      else setPhase(isWhole ? 'whole' : 'partial');
    };
    read().catch((problem: unknown) => {
      if (abort.signal.aborted) return;
      setError(problem);
      setPhase('failed');
    });
    return () => {
      abort.abort();
      closeStream?.();
    };
  }, [executionId, buffer, isLive, isVisible, round, client]);

  const loadMore = useCallback(() => {
    setPhase('loading');
    setRound((before) => before + 1);
  }, []);
  return { buffer, version, phase, error, loadMore };
}

/** @returns whether there is nothing behind them @throws ApiError */
async function loadPages(executionId: string, buffer: LogBuffer, signal: AbortSignal): Promise<boolean> {
  for (let loaded = 0; loaded < STRIDE_CHUNKS; loaded += PAGE_CHUNKS) {
    const page = await get<LogPage>(`executions/${executionId}/logs`, { after: buffer.lastSeq, limit: PAGE_CHUNKS }, signal);
    buffer.add(page.logs);
    if (!page.hasMore) return true;
  }
  return false;
}

/** Chunks that arrive between two pictures are shown together. @returns ends it */
function follow(executionId: string, buffer: LogBuffer, onPhase: (phase: LogPhase) => void, onEnd: () => void): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  let arrived: LogEntry[] = [];
  const flush = () => {
    frame = 0;
    buffer.add(arrived);
    arrived = [];
  };
  const open = () => {
    source = new EventSource(apiUrl(`executions/${executionId}/logs/stream`, { after: buffer.lastSeq }));
    source.addEventListener('open', () => { onPhase('following'); });
    source.addEventListener('log', (event) => {
      const told = entry.safeParse(parsed(String(event.data)));
      if (!told.success) return;
      arrived.push(told.data);
      if (frame === 0) frame = requestAnimationFrame(flush);
    });
    source.addEventListener('end', () => {
      source?.close();
      flush();
      onPhase('whole');
      onEnd();
    });
    source.addEventListener('error', () => {
      onPhase('reconnecting');
      // What the server refuses is closed for good; otherwise the browser comes back by itself, with Last-Event-ID.
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
    });
  };
  open();
  return () => {
    clearTimeout(retry);
    cancelAnimationFrame(frame);
    if (arrived.length > 0) flush();
    source?.close();
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
