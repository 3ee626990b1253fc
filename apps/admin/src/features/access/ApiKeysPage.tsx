'use client';
import { useApiKeys } from '@/api/queries/access';
import { DataTable } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { Instant } from '@/components/Instant';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';

export function ApiKeysPage() {
  const keys = useApiKeys(true);
  return (
    <>
      <PageHeader title="API keys" subtitle="For programs that use the API." />
      <SectionCard flush>
        <QueryView query={keys} what="The API keys" loading={null}>
          {(data) => (
            <DataTable
              label="API keys"
              rows={data.keys}
              rowId={(row) => row.id}
              empty={<NothingYet title="No API keys yet" />}
              columns={[
                { key: 'name', header: 'Name', isTitle: true, cell: (row) => row.name },
                { key: 'prefix', header: 'Key', cell: (row) => <span className="mono">{row.prefix}</span> },
                { key: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.isRevoked ? 'revoked' : row.isExpired ? 'expired' : 'active'} /> },
                { key: 'used', header: 'Last used', cell: (row) => <Instant at={row.lastUsedAt} empty="Never" /> },
              ]}
            />
          )}
        </QueryView>
      </SectionCard>
    </>
  );
}
