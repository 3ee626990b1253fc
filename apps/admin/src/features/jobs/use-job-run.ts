'use client';
/** Runs a job now, with the arguments that it has. */
import { useCallback } from 'react';
import { useTriggerJob } from '@/api/queries/job-changes';
import type { Job } from '@/api/types';
import { tellError } from '@/components/feedback';
import { tellLink } from '@/components/tell-link';

export function useJobRun(): { run: (job: Pick<Job, 'id' | 'name'>) => void; isPending: boolean } {
  const { mutateAsync, isPending } = useTriggerJob();
  const run = useCallback(
    (job: Pick<Job, 'id' | 'name'>) => {
      mutateAsync({ id: job.id }).then(
        ({ executionId }) => { tellLink(`Started “${job.name}”.`, { href: `/executions/${executionId}`, label: 'Follow' }); },
        (error: unknown) => { tellError(`“${job.name}” was not started`, error); },
      );
    },
    [mutateAsync],
  );
  return { run, isPending };
}
