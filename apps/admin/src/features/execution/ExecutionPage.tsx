'use client';
import { Skeleton } from '@mantine/core';
import { useExecution } from '@/api/queries/executions';
import { Duration } from '@/components/Duration';
import { Instant } from '@/components/Instant';
import { JsonView } from '@/components/JsonView';
import { PageHeader } from '@/components/PageHeader';
import { Properties } from '@/components/Properties';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';

export function ExecutionPage({ id }: { id: string }) {
  const execution = useExecution(id);
  return (
    <>
      <PageHeader
        title={execution.data === undefined ? 'Execution' : `Execution #${String(execution.data.number)}`}
        badge={execution.data && <StatusBadge status={execution.data.status} />}
        subtitle={execution.data?.jobName}
      />
      <QueryView query={execution} what="The execution" loading={<Skeleton height={240} />}>
        {(data) => (
          <>
            <SectionCard title="Run">
              <Properties
                rows={[
                  ['Scheduled for', <Instant key="for" at={data.scheduledFor} show="absolute" />],
                  ['Started', <Instant key="at" at={data.startedAt} />],
                  ['Duration', <Duration key="d" seconds={data.durationSeconds} />],
                  ['Attempt', String(data.attempt)],
                  ['Error', data.errorMessage ?? '–'],
                ]}
              />
            </SectionCard>
            <br />
            <SectionCard title="Result">
              <JsonView value={data.result} what="Result" />
            </SectionCard>
          </>
        )}
      </QueryView>
    </>
  );
}
