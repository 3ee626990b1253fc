/** Takes over what is printed while an execution is live. */
import * as z from 'zod/mini';
import { apiUrl } from '@/api/client';
import { eventData } from '@/api/event-data';
import type { LogEntry } from '@/api/types';
import type { LogBuffer } from './log-buffer';

const RETRY_MS = 5_000;

const entry = z.object({ seq: z.number(), attempt: z.number(), timestamp: z.string(), stream: z.string(), message: z.string() });

export interface Following {
  readonly executionId: string;
  /** Ends with the last chunk that is known. */
  readonly buffer: LogBuffer;
  readonly onPhase: (phase: 'following' | 'reconnecting' | 'rest') => void;
  /** The execution is over, and all of its output is here. */
  readonly onEnd: () => void;
}

/** Chunks that arrive between two pictures are shown together. @returns ends it */
export function followLog({ executionId, buffer, onPhase, onEnd }: Following): () => void {
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
      const told = entry.safeParse(eventData(event));
      if (!told.success) return;
      arrived.push(told.data);
      if (frame === 0) frame = requestAnimationFrame(flush);
    });
    source.addEventListener('end', () => {
      source?.close();
      flush();
      onPhase('rest');
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
