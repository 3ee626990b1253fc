import { useMutation, useQuery } from '@tanstack/react-query';
import { callOwn } from '../client';
import type { Me } from '../types';

export interface CurrentSession {
  user: Me;
  /** From `ENVIRONMENT_LABEL`. */
  environmentLabel: string | null;
  /** Where the UI's server finds the API, without a slash at the end. */
  apiUrl: string;
}

const SESSION = { queryKey: ['session'], queryFn: () => callOwn<CurrentSession>('GET', '/api/session/current'), staleTime: 60_000 };

export function useCurrentSession() {
  return useQuery(SESSION);
}

/** Whether somebody is logged in already; asked once, where `isEnabled` says that it may be so. */
export function useEarlierSession({ isEnabled }: { isEnabled: boolean }) {
  return useQuery({ ...SESSION, enabled: isEnabled, retry: false, refetchOnReconnect: false });
}

export function useLogIn() {
  return useMutation({ mutationFn: (credentials: { username: string; password: string }) => callOwn<null>('POST', '/api/session/login', credentials) });
}

export function useLogOut() {
  return useMutation({ mutationFn: () => callOwn<null>('POST', '/api/session/logout', {}) });
}
