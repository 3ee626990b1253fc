'use client';
import { PageHeader } from '@/components/PageHeader';
import { browserZone } from '@/components/zone';
import { firstDraft } from './draft';
import { JobEditor } from './JobEditor';

export function NewJobPage() {
  return (
    <>
      <PageHeader title="New job" subtitle="What to run, and when." />
      <JobEditor first={firstDraft(browserZone())} edited={null} />
    </>
  );
}
