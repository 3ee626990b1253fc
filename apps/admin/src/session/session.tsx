'use client';
/** Who is logged in and what they may do. */
import { createContext, useContext, useMemo } from 'react';
import { useCurrentSession } from '@/api/queries/session';
import type { Me, Permission } from '@/api/types';

export interface Session {
  /** Null until it is known. */
  user: Me | null;
  environmentLabel: string | null;
  /** See `CurrentSession`; null until it is known. */
  apiUrl: string | null;
  /** False until it is known. */
  can: (permission: Permission) => boolean;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: React.ReactNode }) {
  const { data } = useCurrentSession();
  const session = useMemo(() => {
    const permissions = data?.user.permissions ?? [];
    return {
      user: data?.user ?? null,
      environmentLabel: data?.environmentLabel ?? null,
      apiUrl: data?.apiUrl ?? null,
      can: (permission: Permission) => permissions.includes('Admin') || permissions.includes(permission),
    };
  }, [data]);
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider above it');
  return session;
}
