'use client';
import { useTaskFunctions } from '@/api/queries/catalogue';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { browserZone } from '@/components/zone';
import { firstDraft } from './draft';
import { EditorSkeleton } from './EditorSkeleton';
import { JobEditor } from './JobEditor';

export function NewJobPage() {
  const functions = useTaskFunctions();
  return (
    <>
      <PageHeader title="New job" subtitle="What to run, and when." />
      <QueryView query={functions} what="The task functions" loading={<EditorSkeleton />}>
        {({ taskFunctions }) => <JobEditor first={firstDraft(browserZone())} taskFunctions={taskFunctions} edited={null} />}
      </QueryView>
    </>
  );
}
