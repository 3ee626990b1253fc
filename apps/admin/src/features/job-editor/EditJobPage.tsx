'use client';
import { useQueryState } from 'nuqs';
import { useState } from 'react';
import type { Answer } from '@/api/client';
import { useJob } from '@/api/queries/jobs';
import type { JobDetail } from '@/api/types';
import { isMissing } from '@/components/ids';
import { listAddress } from '@/components/list-return';
import { NoSuchThing } from '@/components/NoSuchThing';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { TextLink } from '@/components/TextLink';
import { draftOf } from './draft';
import { EditorSkeleton } from './EditorSkeleton';
import { JobEditor } from './JobEditor';

export function EditJobPage({ id }: { id: string }) {
  const job = useJob(id);
  const [list] = useQueryState('list');
  const back = listAddress(list);
  const [opened, setOpened] = useState<{ answer: Answer<JobDetail>; count: number } | null>(null);
  // The form begins with the job as it was when it was opened, and not with an old copy of it: its tag would not match.
  const isFresh = job.data !== undefined && (job.isFetchedAfterMount || !job.isStale);
  if (opened === null && isFresh) setOpened({ answer: job.data, count: 0 });
  const reload = async () => {
    const { data } = await job.refetch();
    if (data !== undefined) setOpened((before) => ({ answer: data, count: (before?.count ?? 0) + 1 }));
  };
  const name = opened?.answer.data.name;
  if (isMissing(job)) return <NoSuchThing kind="job" />;
  return (
    <>
      <PageHeader title={name === undefined ? 'Edit job' : `Edit ${name}`} subtitle={<TextLink href={back ?? `/jobs/${id}`}>{back === null ? 'Back to the job' : 'Back to the list of jobs'}</TextLink>} />
      {opened === null ? (
        <QueryView query={{ ...job, data: undefined }} what="The job" loading={<EditorSkeleton />}>
          {() => null}
        </QueryView>
      ) : (
        <JobEditor
          key={opened.count}
          first={draftOf(opened.answer.data)}
          edited={{ job: opened.answer.data, etag: opened.answer.etag }}
          onReload={() => void reload()}
          leave={{ cancelled: back ?? `/jobs/${id}`, saved: listAddress(list, id) ?? `/jobs/${id}` }}
        />
      )}
    </>
  );
}
