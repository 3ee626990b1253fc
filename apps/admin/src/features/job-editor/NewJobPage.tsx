'use client';
import { useTaskFunctions } from '@/api/queries/catalogue';
import { DataTable } from '@/components/DataTable';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';

export function NewJobPage() {
  const functions = useTaskFunctions();
  return (
    <>
      <PageHeader title="New job" subtitle="What to run, and when." />
      <SectionCard title="What can be run" flush>
        <QueryView query={functions} what="The task functions" loading={null}>
          {({ taskFunctions }) => (
            <DataTable
              label="Task functions"
              rows={taskFunctions}
              rowId={(row) => String(row.id)}
              columns={[
                { key: 'name', header: 'Name', isTitle: true, cell: (row) => row.displayName },
                { key: 'description', header: 'Description', cell: (row) => row.description ?? '–' },
              ]}
            />
          )}
        </QueryView>
      </SectionCard>
    </>
  );
}
