'use client';
import { Skeleton } from '@mantine/core';
import { useHealth, useSchedulerStatus } from '@/api/queries/platform';
import type { HealthCheck } from '@/api/types';
import { CardGrid } from '@/components/CardGrid';
import { DataTable, type Column } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { formatCount } from '@/components/format';
import { Countdown, Instant } from '@/components/Instant';
import { Kpi } from '@/components/Kpi';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { useHeartbeatPolling } from '@/live/heartbeat-polling';
import { instanceColumns } from './instance-columns';
import { LeaderNotice } from './LeaderNotice';

const CHECK_NAMES: Readonly<Record<HealthCheck['name'], string>> = { api: 'API', database: 'Database', queue: 'Queue store', scheduler: 'Scheduler', workers: 'Workers' };

const CHECKS: Column<HealthCheck>[] = [
  { key: 'name', header: 'Check', isTitle: true, width: '160px', cell: (row) => CHECK_NAMES[row.name] },
  { key: 'status', header: 'Status', width: '130px', cell: (row) => <StatusBadge status={row.status} /> },
  { key: 'message', header: 'What it found', cell: (row) => row.message },
  { key: 'since', header: 'Since', cell: (row) => <Instant at={row.since} /> },
];

export function SchedulerPage() {
  const status = useSchedulerStatus({ pollMs: useHeartbeatPolling() });
  const health = useHealth();
  const columns = instanceColumns(status.dataUpdatedAt);
  const overdue = status.data?.overdueJobs ?? 0;
  const next = status.data?.nextScheduledJob ?? null;
  const unknown = status.isError ? '–' : undefined;
  return (
    <>
      <PageHeader title="Scheduler" subtitle="One instance leads and fires what is due; the others stand by." />
      <LeaderNotice status={status.data} />
      <CardGrid min={180}>
        <Kpi label="Jobs enabled" value={status.data ? formatCount(status.data.enabledJobs) : unknown} note={status.data && `of ${formatCount(status.data.totalJobs)}`} href="/jobs?status=enabled" />
        <Kpi label="Running jobs" value={status.data ? formatCount(status.data.runningJobs) : unknown} href="/jobs?status=running" />
        <Kpi label="Overdue jobs" value={status.data ? formatCount(overdue) : unknown} note={overdue === 0 ? 'everything fired on time' : 'past their time, not fired yet'} href="/jobs?status=late" />
        <Kpi
          label="Next to fire"
          value={status.data ? (next === null ? '–' : <Countdown at={next.nextRunTime} />) : unknown}
          note={status.data && (next === null ? 'nothing is scheduled' : next.name)}
          {...(next === null ? {} : { href: `/jobs/${next.id}` })}
        />
      </CardGrid>
      <SectionCard title="Instances" flush>
        <QueryView query={status} what="The scheduler" loading={<DataTable label="Scheduler instances" columns={columns} rows={undefined} rowId={() => ''} skeletonRows={2} />}>
          {({ instances }) => (
            <DataTable
              label="Scheduler instances"
              columns={columns}
              rows={instances}
              rowId={(row) => row.id}
              empty={<NothingYet title="No scheduler is alive">No job fires until an API instance with the scheduler switched on has started.</NothingYet>}
            />
          )}
        </QueryView>
      </SectionCard>
      <div style={{ height: 16 }} />
      <SectionCard title="Health" description="What the platform finds when it looks at itself." actions={health.data && <StatusBadge status={health.data.status} />} flush>
        <QueryView query={health} what="The health" loading={<Skeleton height={220} />}>
          {({ checks }) => <DataTable label="Health checks" columns={CHECKS} rows={checks} rowId={(row) => row.name} />}
        </QueryView>
      </SectionCard>
    </>
  );
}
