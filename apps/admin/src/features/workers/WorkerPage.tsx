'use client';
import { Skeleton } from '@mantine/core';
import { useWorker } from '@/api/queries/platform';
import { Instant } from '@/components/Instant';
import { PageHeader } from '@/components/PageHeader';
import { Properties } from '@/components/Properties';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';

export function WorkerPage({ id }: { id: string }) {
  const worker = useWorker(id);
  return (
    <>
      <PageHeader title={worker.data?.name ?? 'Worker'} badge={worker.data && <StatusBadge status={worker.data.status} />} />
      <SectionCard title="Process">
        <QueryView query={worker} what="The worker" loading={<Skeleton height={160} />}>
          {(data) => (
            <Properties
              rows={[
                ['Host', data.hostname],
                ['Process', String(data.pid)],
                ['Version', data.version],
                ['Queues', data.queues.join(', ')],
                ['Heartbeat', <Instant key="beat" at={data.lastHeartbeat} />],
              ]}
            />
          )}
        </QueryView>
      </SectionCard>
    </>
  );
}
