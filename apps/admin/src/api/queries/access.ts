import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get } from '../client';
import type { ApiKeyList, AuditPage, AuditQuery, UserList, UserListQuery } from '../contract';
import type { ApiKey, Permission, Role, User } from '../types';

export function useUsers(query: UserListQuery) {
  return useQuery({ queryKey: ['access', 'users', query], queryFn: ({ signal }) => get<UserList>('users', query, signal), placeholderData: keepPreviousData });
}

/** @param all everybody's keys (administrators), else the own ones */
export function useApiKeys(all: boolean) {
  return useQuery({ queryKey: ['access', 'api-keys', all], queryFn: ({ signal }) => get<ApiKeyList>('api-keys', all ? { all: true } : {}, signal) });
}

export function useAudit(query: AuditQuery) {
  return useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ signal, pageParam }) => get<AuditPage>('audit', { ...query, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

function useAccessChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => void client.invalidateQueries({ queryKey: ['access'] }) });
}

export const useCreateApiKey = () =>
  useAccessChange((body: { name: string; permissions: Permission[]; expiresAt: string | null }) => call<ApiKey & { key: string }>('POST', 'api-keys', { body }));
export const useRevokeApiKey = () => useAccessChange((id: string) => call<null>('DELETE', `api-keys/${id}`));
export const useCreateUser = () =>
  useAccessChange((body: { username: string; email: string | null; password: string; role: Role }) => call<User>('POST', 'users', { body }));
export const useChangeUser = () =>
  useAccessChange(({ id, ...body }: { id: string; email?: string | null; role?: Role; isActive?: boolean }) => call<User>('PUT', `users/${id}`, { body }));
export const useSetPassword = () => useAccessChange(({ id, password }: { id: string; password: string }) => call<null>('PUT', `users/${id}/password`, { body: { password } }));
export const useEndSessions = () => useAccessChange((id: string) => call<null>('DELETE', `users/${id}/sessions`));
export const useChangeOwnPassword = () =>
  useAccessChange((body: { currentPassword: string; newPassword: string }) => call<null>('PUT', 'me/password', { body }));
