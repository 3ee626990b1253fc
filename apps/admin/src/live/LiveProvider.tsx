'use client';
/**
 * Keeps what is on the page up to date: by one event stream for the tab, by timer when that does not work or when the user
 * wants so. A tab that has been hidden for 30 s asks nothing; when it is looked at again it refreshes at once.
 */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { isLiveMode, pollIntervalMs, type LiveMode, type LiveState } from './mode';
import { mountedTopics, refreshTopics } from './mounted-topics';
import { paced } from './pace';
import { openStream } from './stream';

const STORAGE_KEY = 'takt.live';
const HIDDEN_PAUSE_MS = 30_000;
const TOPICS_SETTLE_MS = 150;

export interface Live {
  mode: LiveMode;
  setMode: (mode: LiveMode) => void;
  state: LiveState;
  /** Refetches everything on the page now. */
  refresh: () => void;
}

const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('useLive needs a LiveProvider above it');
  return live;
}

export function LiveProvider({ children }: { children: React.ReactNode }) {
  const client = useQueryClient();
  const [mode, setModeState] = useState<LiveMode>('live');
  const [stream, setStream] = useState<'connecting' | 'open' | 'broken'>('connecting');
  const isPaused = useHiddenFor(HIDDEN_PAUSE_MS);
  const topics = useMountedTopics();

  useEffect(() => {
    const stored = localStorage.getItem(STORAGE_KEY);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- only the browser knows it, after the first paint
    if (isLiveMode(stored)) setModeState(stored);
  }, []);
  const setMode = useCallback((next: LiveMode) => {
    localStorage.setItem(STORAGE_KEY, next);
    setModeState(next);
  }, []);
  const refresh = useCallback(() => void refreshTopics(client, mountedTopics(client)), [client]);

  useEffect(() => {
    if (mode !== 'live' || isPaused || topics === '') return;
    const pace = paced((changed) => void refreshTopics(client, changed));
    const close = openStream(topics.split(','), {
      onOpen: () => {
        setStream('open');
      },
      onChange: pace.told,
      onBroken: () => {
        setStream('broken');
      },
    });
    return () => {
      close();
      pace.stop();
    };
  }, [client, mode, isPaused, topics]);

  // A stream that is opened again is not open yet. Not with each page, where the old one was a moment ago; a broken one stays so until it opens.
  const isStreaming = mode === 'live' && !isPaused;
  useEffect(() => {
    if (!isStreaming) return;
    return () => {
      setStream((last) => (last === 'open' ? 'connecting' : last));
    };
  }, [isStreaming]);

  const intervalMs = isPaused ? null : pollIntervalMs(mode, stream === 'broken');
  useEffect(() => {
    if (intervalMs === null) return;
    const timer = setInterval(refresh, intervalMs);
    return () => {
      clearInterval(timer);
    };
  }, [intervalMs, refresh]);

  // What changed while nobody looked. Not at first: what a page asks for when it opens is new.
  const wasPaused = useRef(false);
  useEffect(() => {
    if (wasPaused.current && !isPaused) refresh();
    wasPaused.current = isPaused;
  }, [isPaused, refresh]);

  const state: LiveState = mode === 'off' ? 'off' : isPaused ? 'paused' : intervalMs !== null ? 'polling' : stream === 'open' ? 'live' : 'connecting';
  const live = useMemo(() => ({ mode, setMode, state, refresh }), [mode, setMode, state, refresh]);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

/** Whether the tab has been hidden for that long. */
function useHiddenFor(ms: number): boolean {
  const [isHidden, setIsHidden] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.hidden) {
        timer = setTimeout(() => {
          setIsHidden(true);
        }, ms);
      } else {
        setIsHidden(false);
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [ms]);
  return isHidden;
}

/** Topics of the page, comma separated, once they have been the same for a moment: a navigation changes many at a time. */
function useMountedTopics(): string {
  const client = useQueryClient();
  const [topics, setTopics] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        setTopics(mountedTopics(client).join(','));
      }, TOPICS_SETTLE_MS);
    };
    look();
    const unsubscribe = client.getQueryCache().subscribe((event) => {
      if (event.type === 'observerAdded' || event.type === 'observerRemoved') look();
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [client]);
  return topics;
}
