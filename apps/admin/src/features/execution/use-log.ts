'use client';
/**
 * Loads the output of an execution from its start or from its end, page after page, and follows it while the execution is live.
 * Of a long one only a part is here; more of it comes when somebody asks, or scrolls to where it ends.
 */
import { useDocumentVisibility } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { executionTopic } from '@/api/keys';
import { LogBuffer } from './log-buffer';
import type { LogExtent, LogOrigin } from './log-extent';
import { countLines, loadBefore, loadEnd, loadOn } from './load-log';
import { followLog } from './follow-log';

/** Lines that are loaded without being asked for. */
const STRIDE_LINES = 20_000;

/** `loading`: pages · `following`: the stream is open · `reconnecting` · `rest`: nothing is under way · `failed` */
export type LogPhase = 'loading' | 'following' | 'reconnecting' | 'rest' | 'failed';

export interface Log {
  readonly buffer: LogBuffer;
  /** Changes with the buffer. */
  readonly version: number;
  readonly origin: LogOrigin;
  readonly extent: LogExtent;
  readonly phase: LogPhase;
  readonly error: unknown;
  /** Whether pages before the first one that is here are on their way. */
  readonly isLoadingEarlier: boolean;
  /** Loads the next pages, or tries again. */
  readonly loadMore: () => void;
  /** Loads the page before the first one that is here. */
  readonly loadEarlier: () => void;
  readonly loadAll: () => void;
  /** Begins anew from the other end. */
  readonly beginAt: (origin: LogOrigin) => void;
}

export interface LogRequest {
  readonly executionId: string;
  /** Whether more is still to come. */
  readonly isLive: boolean;
  readonly origin: LogOrigin;
  /** Number of a line that is to be among what is loaded from the start. @default 0 */
  readonly upToLine?: number;
}

/** @param request `origin` and `upToLine` say how to begin; later values are not looked at */
export function useLog({ executionId, isLive, origin: first, upToLine = 0 }: LogRequest): Log {
  const [{ buffer, origin }, setBegin] = useState(() => ({ buffer: new LogBuffer(), origin: first }));
  const version = useSyncExternalStore(buffer.subscribe, () => buffer.version, () => 0);
  const [phase, setPhase] = useState<LogPhase>('loading');
  const [hasLater, setHasLater] = useState(false);
  const [totalLines, setTotalLines] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [wanted, setWanted] = useState({ lines: Math.max(STRIDE_LINES, upToLine), round: 0 });
  const isVisible = useDocumentVisibility() !== 'hidden';
  const client = useQueryClient();

  useEffect(() => {
    if (!isVisible) return;
    const abort = new AbortController();
    const { signal } = abort;
    let closeStream: (() => void) | undefined;
    // The page learns of the end from here, too, when it does not refresh itself.
    const onEnd = () => void client.invalidateQueries({ queryKey: [executionTopic(executionId)] });
    const read = async () => {
      if (origin === 'end' && buffer.firstSeq === null) setTotalLines(await loadEnd(executionId, buffer, signal));
      // What is read from the end goes on to the end, however much has come since.
      const hasAll = await loadOn(executionId, buffer, { lines: origin === 'end' ? Infinity : wanted.lines, signal });
      if (signal.aborted) return;
      setError(null);
      setHasLater(!hasAll);
      if (isLive && hasAll) closeStream = followLog({ executionId, buffer, onPhase: setPhase, onEnd });
      else setPhase('rest');
      if (!hasAll) setTotalLines(await countLines(executionId, signal));
    };
    read().catch((problem: unknown) => {
      if (signal.aborted) return;
      setError(problem);
      setPhase('failed');
    });
    return () => {
      abort.abort();
      closeStream?.();
    };
  }, [executionId, buffer, origin, isLive, isVisible, wanted, client]);

  const loadMore = useCallback(() => {
    setPhase('loading');
    setWanted(({ round }) => ({ lines: buffer.lines.length + STRIDE_LINES, round: round + 1 }));
  }, [buffer]);
  const { isLoadingEarlier, loadEarlier, loadAllEarlier } = useEarlier(executionId, buffer, setError);
  const loadAll = useCallback(() => {
    if (buffer.hasEarlier) loadAllEarlier();
    else {
      setPhase('loading');
      setWanted(({ round }) => ({ lines: Infinity, round: round + 1 }));
    }
  }, [buffer, loadAllEarlier]);
  const beginAt = useCallback((next: LogOrigin) => {
    setPhase('loading');
    setError(null);
    setHasLater(false);
    setBegin({ buffer: new LogBuffer(), origin: next });
    setWanted({ lines: STRIDE_LINES, round: 0 });
  }, []);
  const lines = buffer.lines.length;
  const { hasEarlier } = buffer;
  const extent = useMemo<LogExtent>(() => ({ lines, totalLines, hasEarlier, hasLater }), [lines, totalLines, hasEarlier, hasLater]);
  return { buffer, version, origin, extent, phase, error, isLoadingEarlier, loadMore, loadEarlier, loadAll, beginAt };
}

/** Pages before what is here, one request at a time. What is under way ends with the buffer that it is for. */
function useEarlier(executionId: string, buffer: LogBuffer, onError: (error: unknown) => void) {
  const underWay = useRef<AbortController | null>(null);
  const [isLoading, setLoading] = useState(false);
  useEffect(
    () => () => {
      underWay.current?.abort();
      underWay.current = null;
      setLoading(false);
    },
    [executionId, buffer],
  );
  const load = useCallback(
    (isAllWanted: boolean) => {
      if (underWay.current !== null || !buffer.hasEarlier) return;
      const abort = new AbortController();
      underWay.current = abort;
      setLoading(true);
      const onDone = (problem: unknown) => {
        if (abort.signal.aborted) return;
        underWay.current = null;
        setLoading(false);
        onError(problem);
      };
      loadBefore(executionId, buffer, { isAllWanted, signal: abort.signal }).then(() => { onDone(null); }, onDone);
    },
    [executionId, buffer, onError],
  );
  return {
    isLoadingEarlier: isLoading,
    loadEarlier: useCallback(() => { load(false); }, [load]),
    loadAllEarlier: useCallback(() => { load(true); }, [load]),
  };
}
