'use client';
import { Skeleton } from '@mantine/core';
import { IconPower } from '@tabler/icons-react';
import type { Job } from '@/api/types';
import { useNow } from '@/components/clock';
import { NothingYet } from '@/components/EmptyState';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { firesOfJob } from '@/components/fires/fires';
import { ClockChanges, FireTimes } from '@/components/fires/FireTimes';
import { useClockChanges } from '@/components/fires/use-clock-changes';
import { previewInputOf, useJobFires } from './use-job-fires';

/** The next fire times, and what changes of the clocks do to them within a year. */
export function NextFires({ job }: { job: Job }) {
  const preview = useJobFires(job);
  const changes = useClockChanges(previewInputOf(job), job.timezone);
  const now = useNow();
  return (
    <SectionCard title="Next fire times" flush {...(job.state === 'enabled' ? {} : { description: `The job is ${job.state}: this is when it would fire.` })}>
      <QueryView query={preview} what="The fire times" loading={<Skeleton height={330} radius={0} />}>
        {(data) => {
          const fires = data.valid ? firesOfJob(job, data).filter(({ utc }) => Date.parse(utc) > now - 2_000) : [];
          if (fires.length === 0) {
            return (
              <NothingYet icon={IconPower} title={job.state === 'enabled' ? 'It does not fire again' : 'Nothing is planned'}>
                {job.state === 'enabled' ? 'Its schedule has ended.' : `The job is ${job.state}.`}
              </NothingYet>
            );
          }
          return (
            <>
              <ClockChanges notes={changes} />
              <FireTimes fires={fires} timezone={job.timezone} label="Fire times to come" />
            </>
          );
        }}
      </QueryView>
    </SectionCard>
  );
}
