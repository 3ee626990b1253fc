'use client';
import { Tooltip } from '@mantine/core';
import { cloneElement, type ReactElement } from 'react';
import type { Permission } from '@/api/types';
import { ROLE_OF } from './roles';
import { useSession } from './session';

export interface GuardedProps {
  needs: Permission;
  /** Why nobody may use it at present. @default null */
  reason?: string | null;
  children: ReactElement<{ disabled?: boolean; 'data-disabled'?: boolean; onClick?: unknown }>;
}

/** A button that is switched off, with the reason in its tooltip, for those who may not use it. It is never hidden. */
export function Guarded({ needs, reason = null, children }: GuardedProps) {
  const { can, user } = useSession();
  if (can(needs) && reason === null) return children;
  return (
    <Tooltip label={user === null ? 'Loading' : can(needs) ? reason : `Needs ${ROLE_OF[needs]}`}>
      <span tabIndex={0} style={{ display: 'inline-flex', borderRadius: 6 }}>
        {cloneElement(children, { disabled: true })}
      </span>
    </Tooltip>
  );
}
