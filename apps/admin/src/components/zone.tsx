'use client';
/** In which zone instants are shown: the job's on its own pages, the browser's, UTC, or one that was picked. */
import { createContext, useContext, useSyncExternalStore } from 'react';

/** `job` shows the job's zone where there is one, else the browser's; `browser`, `UTC` or a name from the IANA list. */
export type ZoneChoice = string;

const ZoneContext = createContext<ZoneChoice>('job');
export const ZoneProvider = ZoneContext.Provider;

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const neverChanges = () => () => undefined;

/**
 * Null on the server and while the browser takes over what the server drew: which zone the browser has, the server does not know,
 * and both must draw the same at first.
 */
export function useBrowserZone(): string | null {
  return useSyncExternalStore(neverChanges, browserZone, () => null);
}

/** @param jobZone zone of the job that is shown, if it is one */
export function resolveZone(choice: ZoneChoice, jobZone: string | undefined, ownZone: string): string {
  if (choice === 'job') return jobZone ?? ownZone;
  return choice === 'browser' ? ownZone : choice;
}

/** The zone to show instants in; UTC for the browser's own until that is known. */
export function useZone(jobZone?: string): string {
  return resolveZone(useContext(ZoneContext), jobZone, useBrowserZone() ?? 'UTC');
}
