import { useMutation, useQuery } from '@tanstack/react-query';
import { callOwn } from '../client';
import type { Me } from '../types';

export interface CurrentSession {
  user: Me;
  /** From `ENVIRONMENT_LABEL`. */
  environmentLabel: string | null;
  /** Where the UI's own server reaches the API, `http://127.0.0.1:8080`; the browser may need another name for that machine. */
  apiUrl: string;
}

export function useCurrentSession() {
  return useQuery({ queryKey: ['session'], queryFn: () => callOwn<CurrentSession>('GET', '/api/session/current'), staleTime: 60_000 });
}

export function useLogIn() {
  return useMutation({ mutationFn: (credentials: { username: string; password: string }) => callOwn<null>('POST', '/api/session/login', credentials) });
}

export function useLogOut() {
  return useMutation({ mutationFn: () => callOwn<null>('POST', '/api/session/logout', {}) });
}
