'use client';
import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueues } from '@/api/queries/platform';
import { CardGrid } from '@/components/CardGrid';
import { DataTable } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { formatCount, formatDuration } from '@/components/format';
import { Kpi } from '@/components/Kpi';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { BoardCard } from './BoardCard';
import { QUEUE_COLUMNS } from './queue-columns';
import { totalsOf } from './queue-state';

export function QueuesPage() {
  const queues = useQueues();
  const totals = queues.data && totalsOf(queues.data.queues);
  return (
    <>
      <PageHeader
        title="Queues"
        subtitle={queues.data && `Messages travel in ${queues.data.backend === 'redis' ? 'Redis' : 'PostgreSQL'}; what is waiting and running is counted in the ledger.`}
      />
      {totals !== undefined && totals.unserved.length > 0 && (
        <Alert role="alert" variant="outline" color="yellow" mb="md" icon={<IconAlertTriangle size={18} aria-hidden />} title="Work is waiting that nobody serves" styles={{ title: { color: 'var(--text)' }, message: { color: 'var(--text)' } }}>
          {`No worker that is alive takes from ${totals.unserved.join(', ')}. Start one that does, or change WORKER_QUEUES of one that runs.`}
        </Alert>
      )}
      <CardGrid min={160}>
        <Kpi label="Waiting" value={totals && formatCount(totals.waiting)} note="executions" href="/executions?status=pending,dispatched" />
        <Kpi label="Running" value={totals && formatCount(totals.running)} note="executions" href="/executions?status=running" />
        <Kpi label="Oldest wait" value={totals && formatDuration(totals.oldestWaitingSeconds)} note={totals && (totals.oldestWaitingSeconds === null ? 'nothing waits' : 'since it was due')} />
        <Kpi label="Queues" value={totals && formatCount(totals.queues)} note={totals && (totals.paused === 0 ? 'none is paused' : `${formatCount(totals.paused)} paused`)} />
      </CardGrid>
      <SectionCard flush>
        <QueryView query={queues} what="The queues" loading={<DataTable label="Queues" columns={QUEUE_COLUMNS} rows={undefined} rowId={() => ''} skeletonRows={4} />}>
          {(data) => (
            <DataTable
              label="Queues"
              columns={QUEUE_COLUMNS}
              rows={data.queues}
              rowId={(row) => row.name}
              empty={<NothingYet title="There is no queue yet">Each task function names the queue that its executions wait in.</NothingYet>}
            />
          )}
        </QueryView>
      </SectionCard>
      <div style={{ height: 16 }} />
      <BoardCard />
    </>
  );
}
