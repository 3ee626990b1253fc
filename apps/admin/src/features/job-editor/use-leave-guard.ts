'use client';
/**
 * Asks before anything throws away what was typed: a link, a key or a button that leads elsewhere, Back and Forward, a reload,
 * closing the tab.
 *
 * Back cannot be held up: the browser has moved when it says so. The form's own entry is then put on top of the one that the
 * browser moved to, before the router hears of the move, and so the page stays; one step back from there is where the user wanted
 * to go. Entries in between are dropped, as by following a link.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { onBack } from '@/components/back';
import { isThisPage, standGuard, useNavigate } from '@/components/navigate';

export interface LeaveGuard {
  /** A question waits for an answer. */
  isAsking: boolean;
  stay: () => void;
  leave: () => void;
}

export function useLeaveGuard(isDirty: boolean): LeaveGuard {
  const { goUnasked } = useNavigate();
  const [asked, setAsked] = useState<{ readonly leave: () => void } | null>(null);
  const stop = useRef<() => void>(() => undefined);

  useEffect(() => {
    if (!isDirty) return;
    const ask = (leave: () => void) => {
      setAsked({ leave });
    };
    const stops = [standGuard(ask), onUnload(), onLink((href) => { ask(() => { goUnasked(href); }); }), onMove(ask)];
    stop.current = () => {
      for (const one of stops) one();
    };
    return stop.current;
  }, [isDirty, goUnasked]);

  const stay = useCallback(() => {
    setAsked(null);
  }, []);
  const leave = useCallback(() => {
    if (asked === null) return;
    stop.current();
    setAsked(null);
    asked.leave();
  }, [asked]);
  return { isAsking: asked !== null, stay, leave };
}

function onUnload(): () => void {
  const listener = (event: BeforeUnloadEvent) => {
    event.preventDefault();
  };
  window.addEventListener('beforeunload', listener);
  return () => {
    window.removeEventListener('beforeunload', listener);
  };
}

/** Links to other pages that would open here. */
function onLink(ask: (href: string) => void): () => void {
  const listener = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || link.target === '_blank') return;
    const to = new URL(link.href, window.location.href);
    if (to.origin !== window.location.origin || isThisPage(link.href)) return;
    event.preventDefault();
    event.stopPropagation();
    ask(`${to.pathname}${to.search}${to.hash}`);
  };
  document.addEventListener('click', listener, true);
  return () => {
    document.removeEventListener('click', listener, true);
  };
}

function onMove(ask: (leave: () => void) => void): () => void {
  // Without what the router keeps in it, the entry could not be put back.
  const own = { href: window.location.href, state: window.history.state as unknown };
  return onBack(() => {
    if (own.state === null || isThisPage(own.href)) return false;
    window.history.pushState(own.state, '', own.href);
    ask(() => {
      window.history.back();
    });
    return true;
  });
}
