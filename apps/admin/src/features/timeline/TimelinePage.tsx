'use client';
import { useTimeline } from '@/api/queries/platform';
import { DataTable } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { TextLink } from '@/components/TextLink';

export function TimelinePage() {
  const timeline = useTimeline({});
  return (
    <>
      <PageHeader title="Timeline" subtitle="The past hour, and the hour to come." />
      <SectionCard flush>
        <QueryView query={timeline} what="The timeline" loading={null}>
          {({ rows }) => (
            <DataTable
              label="Jobs on the timeline"
              rows={rows}
              rowId={(row) => row.jobId}
              empty={<NothingYet title="Nothing ran, and nothing is due" />}
              columns={[
                { key: 'name', header: 'Job', isTitle: true, cell: (row) => <TextLink strong href={`/jobs/${row.jobId}`}>{row.name}</TextLink> },
                { key: 'ran', header: 'Ran', align: 'right', cell: (row) => row.executions.length },
                { key: 'due', header: 'To come', align: 'right', cell: (row) => row.projected.length },
              ]}
            />
          )}
        </QueryView>
      </SectionCard>
    </>
  );
}
