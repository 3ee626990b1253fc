'use client';
/** Runs a job now, with the arguments that it has. */
import { useCallback } from 'react';
import { useTriggerJob } from '@/api/queries/job-changes';
import type { Job } from '@/api/types';
import { tellError } from '@/components/feedback';
import { tellLink } from '@/components/tell-link';
import { runRefusal } from '@/components/words';

type Runnable = Pick<Job, 'id' | 'name' | 'isEnabled'>;

export function useJobRun(): { run: (job: Runnable) => void; isPending: boolean } {
  const { mutateAsync, isPending } = useTriggerJob();
  const run = useCallback(
    (job: Runnable) => {
      const refusal = runRefusal(job);
      if (refusal !== null) {
        tellError(`“${job.name}” was not started`, new Error(refusal));
        return;
      }
      mutateAsync({ id: job.id }).then(
        ({ executionId }) => { tellLink(`Started “${job.name}”.`, { href: `/executions/${executionId}`, label: 'Follow' }); },
        (error: unknown) => { tellError(`“${job.name}” was not started`, error); },
      );
    },
    [mutateAsync],
  );
  return { run, isPending };
}
