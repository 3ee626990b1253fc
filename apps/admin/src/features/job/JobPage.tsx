'use client';
import { Skeleton } from '@mantine/core';
import { useJob } from '@/api/queries/jobs';
import { DataTable } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { NothingYet } from '@/components/EmptyState';
import { Countdown, Instant } from '@/components/Instant';
import { PageHeader } from '@/components/PageHeader';
import { Properties } from '@/components/Properties';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';

export function JobPage({ id }: { id: string }) {
  const answer = useJob(id);
  const job = answer.data?.data;
  return (
    <>
      <PageHeader title={job?.name ?? 'Job'} badge={job && <StatusBadge status={job.isPaused ? 'paused' : job.isEnabled ? 'enabled' : 'disabled'} />} subtitle={job?.scheduleText} />
      <QueryView query={answer} what="The job" loading={<Skeleton height={240} />}>
        {({ data }) => (
          <>
            <SectionCard title="Settings">
              <Properties
                rows={[
                  ['Runs', data.taskFunction.displayName],
                  ['Next run', <Countdown key="next" at={data.nextRunTime} timeZone={data.timezone} />],
                  ['Last run', <Instant key="last" at={data.lastRunTime} timeZone={data.timezone} />],
                  ['Timeout', <Duration key="timeout" seconds={data.timeoutSeconds} />],
                  ['Retries', String(data.retryCount)],
                ]}
              />
            </SectionCard>
            <br />
            <SectionCard title="Recent executions" flush>
              <DataTable
                label="Recent executions"
                rows={data.recentExecutions}
                rowId={(row) => row.id}
                empty={<NothingYet title="It has not run yet" />}
                columns={[
                  { key: 'number', header: 'Execution', isTitle: true, cell: (row) => <TextLink strong href={`/executions/${row.id}`}>{`#${String(row.number)}`}</TextLink> },
                  { key: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.status} /> },
                  { key: 'started', header: 'Started', cell: (row) => <Instant at={row.startedAt} timeZone={data.timezone} /> },
                  { key: 'duration', header: 'Duration', align: 'right', cell: (row) => <Duration seconds={row.durationSeconds} /> },
                ]}
              />
            </SectionCard>
          </>
        )}
      </QueryView>
    </>
  );
}
