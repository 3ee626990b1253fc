'use client';
import { useAudit } from '@/api/queries/access';
import { DataTable } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Instant } from '@/components/Instant';
import { PageHeader } from '@/components/PageHeader';
import { SectionCard } from '@/components/SectionCard';

export function AuditPage() {
  const audit = useAudit({});
  return (
    <>
      <PageHeader title="Audit log" subtitle="Who changed what, and when." />
      <SectionCard flush>
        {audit.data === undefined && audit.isError ? (
          <ErrorState error={audit.error} what="The audit log" onRetry={() => void audit.refetch()} />
        ) : (
          <DataTable
            label="Audit log"
            rows={audit.data?.pages.flatMap(({ entries }) => entries)}
            rowId={(row) => row.id}
            empty={<NothingYet title="Nothing has been changed yet" />}
            columns={[
              { key: 'action', header: 'Action', isTitle: true, cell: (row) => row.action },
              { key: 'actor', header: 'Who', cell: (row) => row.actor.name ?? row.actor.type },
              { key: 'object', header: 'What', cell: (row) => row.object.name ?? row.object.id ?? row.object.type },
              { key: 'at', header: 'When', cell: (row) => <Instant at={row.at} /> },
            ]}
          />
        )}
      </SectionCard>
    </>
  );
}
