'use client';
import { Skeleton } from '@mantine/core';
import { useJob } from '@/api/queries/jobs';
import { isMissing } from '@/components/ids';
import { NoSuchThing } from '@/components/NoSuchThing';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { TextLink } from '@/components/TextLink';
import { RunGrid } from './grid/RunGrid';

/** The runs of a job and nothing else, for links to one of them. */
export function RunGridPage({ id }: { id: string }) {
  const job = useJob(id);
  if (isMissing(job)) return <NoSuchThing kind="job" />;
  return (
    <>
      <PageHeader title={job.data === undefined ? 'Runs' : `Runs of ${job.data.data.name}`} subtitle={<TextLink href={`/jobs/${id}`}>Back to the job</TextLink>} />
      <QueryView query={job} what="The job" loading={<Skeleton height={240} />}>
        {({ data }) => <RunGrid jobId={id} timezone={data.timezone} />}
      </QueryView>
    </>
  );
}
