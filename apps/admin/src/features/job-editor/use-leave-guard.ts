'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';

export interface LeaveGuard {
  /** Where a link would lead; a question waits for an answer while it is not null. */
  asked: string | null;
  stay: () => void;
  leave: () => void;
}

/** Asks before a link of the page, a reload or closing the tab throws away what was typed. */
export function useLeaveGuard(isDirty: boolean): LeaveGuard {
  const router = useRouter();
  const [asked, setAsked] = useState<string | null>(null);

  useEffect(() => {
    if (!isDirty) return;
    const onUnload = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || link.target === '_blank') return;
      const to = new URL(link.href, window.location.href);
      if (to.origin !== window.location.origin || to.pathname === window.location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setAsked(`${to.pathname}${to.search}${to.hash}`);
    };
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, [isDirty]);

  const stay = useCallback(() => {
    setAsked(null);
  }, []);
  const leave = useCallback(() => {
    if (asked !== null) router.push(asked);
    setAsked(null);
  }, [asked, router]);
  return { asked, stay, leave };
}
