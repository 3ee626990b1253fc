'use client';
/**
 * The one way in which pages lead elsewhere by themselves: keys, the command palette, buttons, what follows a change. A form with
 * unsaved changes stands a guard here and is asked first. Links, Back and the tab are the guard's own to watch.
 */
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';

/** Is handed what would leave the page, to be called later or not at all. */
export type Guard = (leave: () => void) => void;

/** The page has one form at most. */
let guard: Guard | null = null;

/** @returns takes the guard away */
export function standGuard(asks: Guard): () => void {
  guard = asks;
  return () => {
    if (guard === asks) guard = null;
  };
}

export interface Navigate {
  /** Goes to a page; to another one than this only when the guard lets go. */
  readonly go: (href: string) => void;
  /** For what has been saved, and for who has said that nothing needs to be. */
  readonly goUnasked: (href: string) => void;
}

/** Keeps its identity between renders. */
export function useNavigate(): Navigate {
  const router = useRouter();
  return useMemo(() => {
    const goUnasked = (href: string) => {
      router.push(href);
    };
    return {
      goUnasked,
      go: (href) => {
        if (guard === null || isThisPage(href)) goUnasked(href);
        else {
          guard(() => {
            goUnasked(href);
          });
        }
      },
    };
  }, [router]);
}

/** Whether an address differs from the present one in its query and its fragment at most. */
export function isThisPage(href: string): boolean {
  const to = new URL(href, window.location.href);
  return to.origin === window.location.origin && to.pathname === window.location.pathname;
}
