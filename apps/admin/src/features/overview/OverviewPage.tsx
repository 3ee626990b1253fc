'use client';
import { useOverview } from '@/api/queries/platform';
import { CardGrid } from '@/components/CardGrid';
import { formatCount, formatDuration, formatPercent } from '@/components/format';
import { ErrorState } from '@/components/ErrorState';
import { Kpi } from '@/components/Kpi';
import { PageHeader } from '@/components/PageHeader';
import { SectionCard } from '@/components/SectionCard';
import { Sparkline } from '@/components/Sparkline';

export function OverviewPage() {
  const overview = useOverview();
  const figures = overview.data;
  const hourly = figures?.hourly ?? [];
  return (
    <>
      <PageHeader title="Overview" />
      {figures === undefined && overview.isError ? (
        <SectionCard>
          <ErrorState error={overview.error} what="The overview" onRetry={() => void overview.refetch()} />
        </SectionCard>
      ) : (
        <CardGrid>
          <Kpi label="Enabled jobs" value={figures && formatCount(figures.jobs.enabled)} note={figures && `of ${formatCount(figures.jobs.total)}`} href="/jobs?status=enabled" />
          <Kpi label="Running now" value={figures && formatCount(figures.executions.running)} href="/executions?status=running" />
          <Kpi label="Succeeded, 24 h" value={figures && formatCount(figures.last24Hours.success)} href="/executions?status=success">
            <Sparkline values={hourly.map(({ success }) => success)} label="Succeeded by hour" colour="var(--status-success)" />
          </Kpi>
          <Kpi label="Failed, 24 h" value={figures && formatCount(figures.last24Hours.failed + figures.last24Hours.timeout)} href="/executions?status=failed,timeout">
            <Sparkline values={hourly.map(({ failed, timeout }) => failed + timeout)} label="Failed by hour" colour="var(--status-failed)" />
          </Kpi>
          <Kpi label="Success rate, 24 h" value={figures && formatPercent(figures.last24Hours.successRate)} />
          <Kpi label="Oldest waiting" value={figures && formatDuration(figures.executions.oldestWaitingSeconds)} href="/queues" />
        </CardGrid>
      )}
    </>
  );
}
