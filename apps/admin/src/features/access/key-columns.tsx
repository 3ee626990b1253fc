import { Button } from '@mantine/core';
import type { ApiKey } from '@/api/types';
import type { Column } from '@/components/DataTable';
import { Instant } from '@/components/Instant';
import { StatusBadge } from '@/components/StatusBadge';
import { Tags } from '@/components/Tag';
import { TwoLines } from '@/components/TwoLines';
import { keyState } from './key-state';

export interface KeyColumnsOptions {
  readonly nowMs: number;
  /** Whether keys of several users are listed. */
  readonly showsOwner: boolean;
  readonly onRevoke: (key: ApiKey) => void;
}

export function keyColumns({ nowMs, showsOwner, onRevoke }: KeyColumnsOptions): Column<ApiKey>[] {
  const columns: Column<ApiKey>[] = [
    { key: 'name', header: 'Name', isTitle: true, width: '28%', cell: (row) => <TwoLines strong name={row.name} below={<span className="mono">{row.prefix}</span>}>{row.name}</TwoLines> },
    { key: 'status', header: 'Status', cell: (row) => <KeyStatus apiKey={row} nowMs={nowMs} /> },
    { key: 'permissions', header: 'May', cell: (row) => <Tags names={row.permissions} most={4} /> },
    { key: 'owner', header: 'Made by', cell: (row) => row.createdBy.username },
    { key: 'created', header: 'Made', cell: (row) => <Instant at={row.createdAt} /> },
    { key: 'used', header: 'Last used', cell: (row) => <Instant at={row.lastUsedAt} empty="Never" /> },
    { key: 'expires', header: 'Expires', cell: (row) => <Instant at={row.expiresAt} empty="Never" /> },
    { key: 'revoke', header: 'Revoke', isHeaderHidden: true, align: 'right', cell: (row) => (row.isRevoked ? null : <Revoke apiKey={row} onRevoke={onRevoke} />) },
  ];
  return showsOwner ? columns : columns.filter(({ key }) => key !== 'owner');
}

function KeyStatus({ apiKey, nowMs }: { apiKey: ApiKey; nowMs: number }) {
  const state = keyState(apiKey, nowMs);
  return state === 'expiring' ? <StatusBadge status="late">Expires soon</StatusBadge> : <StatusBadge status={state} />;
}

function Revoke({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: (key: ApiKey) => void }) {
  return (
    <Button variant="default" size="compact-xs" h={24} aria-label={`Revoke ${apiKey.name}`} onClick={() => { onRevoke(apiKey); }}>
      Revoke
    </Button>
  );
}
