'use client';
import { useWorkers } from '@/api/queries/platform';
import type { Worker } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { NothingYet } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Instant } from '@/components/Instant';
import { PageHeader } from '@/components/PageHeader';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';

const COLUMNS: Column<Worker>[] = [
  { key: 'name', header: 'Worker', isTitle: true, cell: (worker) => <TextLink strong href={`/workers/${worker.id}`}>{worker.name}</TextLink> },
  { key: 'status', header: 'Status', cell: (worker) => <StatusBadge status={worker.status} /> },
  { key: 'host', header: 'Host', cell: (worker) => worker.hostname },
  { key: 'slots', header: 'Slots', align: 'right', cell: (worker) => `${String(worker.slotsInUse)}/${String(worker.concurrency)}` },
  { key: 'heartbeat', header: 'Heartbeat', cell: (worker) => <Instant at={worker.lastHeartbeat} /> },
  { key: 'uptime', header: 'Uptime', align: 'right', cell: (worker) => <Duration seconds={worker.uptimeSeconds} /> },
];

export function WorkersPage() {
  const workers = useWorkers();
  return (
    <>
      <PageHeader title="Workers" />
      <SectionCard flush>
        {workers.data === undefined && workers.isError ? (
          <ErrorState error={workers.error} what="The workers" onRetry={() => void workers.refetch()} />
        ) : (
          <DataTable
            label="Workers"
            columns={COLUMNS}
            rows={workers.data?.workers}
            rowId={(worker) => worker.id}
            empty={<NothingYet title="No worker has reported">Executions wait until one does.</NothingYet>}
          />
        )}
      </SectionCard>
    </>
  );
}
