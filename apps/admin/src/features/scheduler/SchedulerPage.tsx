'use client';
import { useSchedulerStatus } from '@/api/queries/platform';
import { DataTable } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { Instant } from '@/components/Instant';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';

export function SchedulerPage() {
  const status = useSchedulerStatus();
  return (
    <>
      <PageHeader title="Scheduler" />
      <SectionCard title="Instances" flush>
        <QueryView query={status} what="The scheduler" loading={<DataTable label="Instances" columns={[{ key: 'host', header: 'Host', cell: () => null }]} rows={undefined} rowId={() => ''} skeletonRows={2} />}>
          {({ instances }) => (
            <DataTable
              label="Scheduler instances"
              rows={instances}
              rowId={(row) => row.id}
              empty={<NothingYet title="No scheduler is alive">No job fires until one is.</NothingYet>}
              columns={[
                { key: 'host', header: 'Host', isTitle: true, cell: (row) => `${row.hostname} (${String(row.pid)})` },
                { key: 'leader', header: 'Leader', cell: (row) => (row.isLeader ? <>Leads, since <Instant at={row.leaderSince} /></> : 'Stands by') },
                { key: 'beat', header: 'Heartbeat', cell: (row) => <Instant at={row.lastHeartbeat} /> },
                { key: 'started', header: 'Started', cell: (row) => <Instant at={row.startedAt} /> },
                { key: 'version', header: 'Version', cell: (row) => row.version },
              ]}
            />
          )}
        </QueryView>
      </SectionCard>
    </>
  );
}
