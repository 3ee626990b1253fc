'use client';
import { Skeleton } from '@mantine/core';
import { useJobRuns } from '@/api/queries/jobs';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { RunBars } from '@/components/RunBars';
import { SectionCard } from '@/components/SectionCard';

export function RunGridPage({ id }: { id: string }) {
  const runs = useJobRuns(id, { limit: 50 });
  return (
    <>
      <PageHeader title="Run grid" />
      <SectionCard title="Last 50 runs">
        <QueryView query={runs} what="The runs" loading={<Skeleton height={80} />}>
          {(data) => <RunBars runs={data.runs} slots={50} height={80} />}
        </QueryView>
      </SectionCard>
    </>
  );
}
