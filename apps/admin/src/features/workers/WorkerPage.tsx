'use client';
import { Button, Skeleton } from '@mantine/core';
import { useWorker } from '@/api/queries/platform';
import { isMissing } from '@/components/ids';
import { NoSuchThing } from '@/components/NoSuchThing';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { StatusBadge } from '@/components/StatusBadge';
import { useHeartbeatPolling } from '@/live/heartbeat-polling';
import Link from 'next/link';
import { WorkerView } from './WorkerView';

export function WorkerPage({ id }: { id: string }) {
  const worker = useWorker(id, { pollMs: useHeartbeatPolling() });
  if (isMissing(worker)) return <NoSuchThing kind="worker" />;
  return (
    <>
      <PageHeader
        title={worker.data?.name ?? 'Worker'}
        badge={worker.data && <StatusBadge status={worker.data.status} />}
        subtitle={worker.data && `${worker.data.hostname}${worker.data.ipAddress === null ? '' : ` · ${worker.data.ipAddress}`}`}
        actions={
          <Button component={Link} href={`/executions?worker_id=${encodeURIComponent(id)}&range=30d`} variant="default">
            Its executions
          </Button>
        }
      />
      <QueryView query={worker} what="The worker" loading={<Skeleton height={320} />}>
        {(data) => <WorkerView worker={data} asOf={worker.dataUpdatedAt} />}
      </QueryView>
    </>
  );
}
