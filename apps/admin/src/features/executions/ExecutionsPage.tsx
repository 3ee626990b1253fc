'use client';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useExecutions } from '@/api/queries/executions';
import type { Execution } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { firstLine } from '@/components/format';
import { Instant } from '@/components/Instant';
import { PageHeader } from '@/components/PageHeader';
import { Pager } from '@/components/Pager';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';

const STATE = { status: parseAsString, job_id: parseAsString, page: parseAsInteger.withDefault(1) };
const PER_PAGE = 50;

const COLUMNS: Column<Execution>[] = [
  { key: 'status', header: 'Status', width: '130px', cell: (row) => <StatusBadge status={row.status} /> },
  { key: 'job', header: 'Job', isTitle: true, cell: (row) => <TextLink strong href={`/executions/${row.id}`}>{row.jobName}</TextLink> },
  { key: 'started', header: 'Started', cell: (row) => <Instant at={row.startedAt} /> },
  { key: 'duration', header: 'Duration', align: 'right', cell: (row) => <Duration seconds={row.durationSeconds} /> },
  { key: 'attempt', header: 'Attempt', align: 'right', cell: (row) => `${String(row.attempt)}/${String(row.maxAttempts)}` },
  { key: 'error', header: 'Error', cell: (row) => firstLine(row.errorMessage) || '–' },
];

export function ExecutionsPage() {
  const [state, setState] = useQueryStates(STATE);
  const executions = useExecutions({ ...state, per_page: PER_PAGE });
  const isFiltered = state.status !== null || state.job_id !== null;
  return (
    <>
      <PageHeader title="Executions" />
      <SectionCard flush>
        {executions.data === undefined && executions.isError ? (
          <ErrorState error={executions.error} what="The executions" onRetry={() => void executions.refetch()} />
        ) : (
          <DataTable
            label="Executions"
            columns={COLUMNS}
            rows={executions.data?.executions}
            rowId={(row) => row.id}
            empty={isFiltered ? <NothingMatches what="executions" onClear={() => void setState(null)} /> : <NothingYet title="Nothing has run yet" />}
          />
        )}
        {executions.data !== undefined && executions.data.total > 0 && (
          <Pager what="executions" page={state.page} perPage={PER_PAGE} total={executions.data.total} onPage={(page) => void setState({ page })} />
        )}
      </SectionCard>
    </>
  );
}
