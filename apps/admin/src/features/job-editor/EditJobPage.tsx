'use client';
import { Skeleton } from '@mantine/core';
import { useJob } from '@/api/queries/jobs';
import { JsonView } from '@/components/JsonView';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';

export function EditJobPage({ id }: { id: string }) {
  const job = useJob(id);
  return (
    <>
      <PageHeader title={job.data === undefined ? 'Edit job' : `Edit ${job.data.data.name}`} />
      <SectionCard title="Definition">
        <QueryView query={job} what="The job" loading={<Skeleton height={240} />}>
          {({ data }) => <JsonView value={{ name: data.name, scheduleConfig: data.scheduleConfig, taskArgs: data.taskArgs }} what="Definition" />}
        </QueryView>
      </SectionCard>
    </>
  );
}
