'use client';
/** Enabling and disabling one job: at once, with a way back for the user and for the API's refusal. */
import { useCallback } from 'react';
import { useToggleJob } from '@/api/queries/job-changes';
import type { Job } from '@/api/types';
import { tellError } from '@/components/feedback';
import { tellUndoable } from '@/components/undo';

export function useJobToggle(): (job: Pick<Job, 'id' | 'name'>, isEnabled: boolean) => void {
  const { mutateAsync } = useToggleJob();
  return useCallback(
    (job, isEnabled) => {
      const change = (to: boolean) => mutateAsync({ id: job.id, isEnabled: to }).catch((error: unknown) => { tellError(`“${job.name}” was not changed`, error); throw error; });
      change(isEnabled).then(
        () => { tellUndoable(`“${job.name}” is ${isEnabled ? 'enabled' : 'disabled'}.`, () => { change(!isEnabled).catch(() => undefined); }); },
        () => undefined, // told already
      );
    },
    [mutateAsync],
  );
}
