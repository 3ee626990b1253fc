/** One server-sent-event stream for the tab, for the topics on the page. */
import * as z from 'zod/mini';
import { apiUrl } from '@/api/client';
import { eventData } from '@/api/event-data';

const change = z.object({ topics: z.array(z.string()) });
/** Failures in a row after which the timer takes over. The browser goes on trying. */
const TOLERATED_FAILURES = 3;
/** A stream that the server refused is closed for good by the browser: this is when we try again. */
const RETRY_MS = 30_000;

export interface StreamEvents {
  onChange: (topics: string[]) => void;
  onOpen: () => void;
  onBroken: () => void;
}

/** @returns closes it */
export function openStream(topics: readonly string[], { onChange, onOpen, onBroken }: StreamEvents): () => void {
  let failures = 0;
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(apiUrl('stream', { topics: topics.join(',') }));
    source.addEventListener('open', () => {
      failures = 0;
      onOpen();
    });
    const tell = (event: MessageEvent) => {
      const told = change.safeParse(eventData(event));
      if (told.success) onChange(told.data.topics);
    };
    // From here on every change is told; what was read before `ready` may already be old.
    source.addEventListener('ready', tell);
    source.addEventListener('change', tell);
    source.addEventListener('error', () => {
      failures += 1;
      const isRefused = source?.readyState === EventSource.CLOSED;
      if (isRefused || failures >= TOLERATED_FAILURES) onBroken();
      if (isRefused) retry = setTimeout(open, RETRY_MS);
    });
  };
  open();
  return () => {
    clearTimeout(retry);
    source?.close();
  };
}
