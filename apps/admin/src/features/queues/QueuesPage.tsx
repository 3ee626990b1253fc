'use client';
import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQueues } from '@/api/queries/platform';
import { DataTable } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { NothingYet } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';

export function QueuesPage() {
  const queues = useQueues();
  return (
    <>
      <PageHeader
        title="Queues"
        actions={
          <Button component="a" href="/admin/queues" variant="default" rightSection={<IconExternalLink size={14} aria-hidden />}>
            Bull Board
          </Button>
        }
      />
      <SectionCard flush>
        <QueryView query={queues} what="The queues" loading={null}>
          {(data) => (
            <DataTable
              label="Queues"
              rows={data.queues}
              rowId={(row) => row.name}
              empty={<NothingYet title="There is no queue yet" />}
              columns={[
                { key: 'name', header: 'Queue', isTitle: true, cell: (row) => row.name },
                { key: 'waiting', header: 'Waiting', align: 'right', cell: (row) => row.waiting },
                { key: 'running', header: 'Running', align: 'right', cell: (row) => row.running },
                { key: 'oldest', header: 'Oldest', align: 'right', cell: (row) => <Duration seconds={row.oldestWaitingSeconds} /> },
                { key: 'workers', header: 'Workers', align: 'right', cell: (row) => row.workers },
              ]}
            />
          )}
        </QueryView>
      </SectionCard>
    </>
  );
}
