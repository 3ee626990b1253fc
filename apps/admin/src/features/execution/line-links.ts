'use client';
import { useSyncExternalStore } from 'react';

/** `#L120` → 120; null for anything else. */
export function lineOfHash(hash: string): number | null {
  const [, digits] = /^#L(\d{1,9})$/.exec(hash) ?? [];
  return digits === undefined ? null : Number(digits);
}

function subscribe(listener: () => void) {
  window.addEventListener('hashchange', listener);
  return () => { window.removeEventListener('hashchange', listener); };
}

/** The part of the URL after the page, with its `#`; '' on the server. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash, () => '');
}
