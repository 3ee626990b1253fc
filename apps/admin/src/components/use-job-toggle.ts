'use client';
/** Enabling and disabling one job: at once, with a way back for the user and for the API's refusal. */
import { useCallback } from 'react';
import { useToggleJob } from '@/api/queries/job-changes';
import type { Job } from '@/api/types';
import { tellDone, tellError } from './feedback';
import { tellUndoable } from './undo';

export function useJobToggle(): (job: Pick<Job, 'id' | 'name'>, isEnabled: boolean) => void {
  const { mutateAsync } = useToggleJob();
  return useCallback(
    (job, isEnabled) => {
      const word = (on: boolean) => (on ? 'enabled' : 'disabled');
      const change = (to: boolean, onDone: () => void) => {
        mutateAsync({ id: job.id, isEnabled: to }).then(onDone, (error: unknown) => { tellError(`“${job.name}” was not changed`, error); });
      };
      const undo = () => { change(!isEnabled, () => { tellDone(`“${job.name}” is ${word(!isEnabled)} again.`); }); };
      change(isEnabled, () => { tellUndoable(`“${job.name}” is ${word(isEnabled)}.`, undo); });
    },
    [mutateAsync],
  );
}
