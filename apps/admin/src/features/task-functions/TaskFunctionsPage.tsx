'use client';
import { useTaskFunctions } from '@/api/queries/catalogue';
import type { TaskFunction } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { ErrorState } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';

const COLUMNS: Column<TaskFunction>[] = [
  { key: 'name', header: 'Name', isTitle: true, cell: (row) => <b style={{ fontWeight: 500 }}>{row.displayName}</b> },
  { key: 'description', header: 'Description', cell: (row) => row.description ?? '–' },
  { key: 'type', header: 'Type', cell: (row) => row.handlerType },
  { key: 'queue', header: 'Queue', cell: (row) => row.queue },
  { key: 'timeout', header: 'Timeout', align: 'right', cell: (row) => <Duration seconds={row.defaultTimeoutSeconds} /> },
  { key: 'active', header: 'Status', cell: (row) => <StatusBadge status={row.isActive ? 'active' : 'inactive'} /> },
];

export function TaskFunctionsPage() {
  const functions = useTaskFunctions();
  return (
    <>
      <PageHeader title="Task functions" subtitle="What jobs can run." />
      <SectionCard flush>
        {functions.data === undefined && functions.isError ? (
          <ErrorState error={functions.error} what="The task functions" onRetry={() => void functions.refetch()} />
        ) : (
          <DataTable label="Task functions" columns={COLUMNS} rows={functions.data?.taskFunctions} rowId={(row) => String(row.id)} />
        )}
      </SectionCard>
    </>
  );
}
