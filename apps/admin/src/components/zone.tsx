'use client';
/** In which zone instants are shown: the job's on its own pages, the browser's, UTC, or one that was picked. */
import { createContext, useContext } from 'react';

/** `job` shows the job's zone where there is one, else the browser's; `browser`, `UTC` or a name from the IANA list. */
export type ZoneChoice = string;

const ZoneContext = createContext<ZoneChoice>('job');
export const ZoneProvider = ZoneContext.Provider;

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** @param jobZone zone of the job that is shown, if it is one */
export function resolveZone(choice: ZoneChoice, jobZone: string | undefined, ownZone: string): string {
  if (choice === 'job') return jobZone ?? ownZone;
  return choice === 'browser' ? ownZone : choice;
}

/** The zone to show instants in. */
export function useZone(jobZone?: string): string {
  return resolveZone(useContext(ZoneContext), jobZone, browserZone());
}
