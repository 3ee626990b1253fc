'use client';
import { useOverview } from '@/api/queries/platform';
import { ErrorState, StaleNotice } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { SectionCard } from '@/components/SectionCard';
import { ActiveCard } from './ActiveCard';
import { AttentionCard } from './AttentionCard';
import { FirstStepsCard } from './ChecklistCard';
import { HealthCard } from './HealthCard';
import { KpiTiles } from './KpiTiles';
import classes from './overview.module.css';
import { RecentFailuresCard } from './RecentFailuresCard';
import { TimelineCard } from './TimelineCard';
import { UpNextCard } from './UpNextCard';

/** Every card asks for its own data: none waits for another, and none takes the page down with it. */
export function OverviewPage() {
  const overview = useOverview();
  const isEmpty = overview.data?.jobs.total === 0;
  const retry = () => void overview.refetch();
  return (
    <>
      <PageHeader title="Overview" />
      {overview.data === undefined && overview.isError ? (
        <div style={{ marginBottom: 16 }}>
          <SectionCard flush>
            <ErrorState error={overview.error} what="The figures" onRetry={retry} />
          </SectionCard>
        </div>
      ) : (
        <>
          {overview.data !== undefined && <StaleNotice error={overview.error} updatedAt={overview.dataUpdatedAt} onRetry={retry} />}
          <KpiTiles overview={overview.data} />
        </>
      )}
      <div className={classes.grid}>
        <div className={classes.aside}>
          {!isEmpty && <AttentionCard />}
          <HealthCard />
        </div>
        <div className={classes.main}>
          <FirstStepsCard />
          {!isEmpty && (
            <>
              <TimelineCard />
              <ActiveCard />
              <div className={classes.pair}>
                <UpNextCard />
                <RecentFailuresCard />
              </div>
            </>
          )}
        </div>
      </div>
    </>
  );
}
