'use client';
import { PageHeader } from '@/components/PageHeader';
import { useBrowserZone } from '@/components/zone';
import { firstDraft } from './draft';
import { EditorSkeleton } from './EditorSkeleton';
import { JobEditor } from './JobEditor';

/** A schedule is in the browser's zone at first: there is no form before that is known. */
export function NewJobPage() {
  const zone = useBrowserZone();
  return (
    <>
      <PageHeader title="New job" subtitle="What to run, and when." />
      {zone === null ? <EditorSkeleton /> : <JobEditor first={firstDraft(zone)} edited={null} />}
    </>
  );
}
