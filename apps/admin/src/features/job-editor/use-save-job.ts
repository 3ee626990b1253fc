'use client';
import { useState } from 'react';
import { ApiError } from '@/api/client';
import { useCreateJob, useTriggerJob, useUpdateJob } from '@/api/queries/job-changes';
import type { JobInput } from '@/api/types';
import { tellDone, tellError } from '@/components/feedback';
import { useNavigate } from '@/components/navigate';
import { changedInput } from './draft';
import { problemsOfViolations, type Problems } from './problems';

export interface EditedJob {
  readonly id: string;
  /** Of the definition that `input` was read from. */
  readonly etag: string | null;
  readonly input: JobInput;
}

interface Wish {
  readonly input: JobInput;
  readonly andRun: boolean;
}

interface Saving {
  readonly onSaved: () => void;
  readonly onProblems: (problems: Problems) => void;
  /** Where saving leads; null to the job's page. */
  readonly savedHref: string | null;
}

/** Saves a new or a changed job, and runs it if wished. Ends on the run's page when it was run; what the API finds wrong is handed to `onProblems`. */
export function useSaveJob(edited: EditedJob | null, { onSaved, onProblems, savedHref }: Saving) {
  const { goUnasked } = useNavigate();
  const create = useCreateJob();
  const update = useUpdateJob();
  const trigger = useTriggerJob();
  const [conflict, setConflict] = useState<Wish | null>(null);

  const write = async (input: JobInput, isForced: boolean): Promise<string> => {
    if (edited === null) return (await create.mutateAsync({ body: input })).id;
    const body = changedInput(edited.input, input);
    if (Object.keys(body).length > 0) await update.mutateAsync({ id: edited.id, body, etag: isForced ? null : edited.etag });
    return edited.id;
  };
  /** @returns where to go */
  const run = async (id: string, name: string): Promise<string> => {
    try {
      const { executionId } = await trigger.mutateAsync({ id });
      tellDone(`${name} was saved and started.`);
      return `/executions/${executionId}`;
    } catch (error) {
      tellError('The job was saved, but not started', error);
      return `/jobs/${id}`;
    }
  };
  const save = async (wish: Wish, isForced = false) => {
    try {
      const id = await write(wish.input, isForced);
      setConflict(null);
      onSaved();
      if (!wish.andRun) tellDone(`${wish.input.name} was saved.`);
      goUnasked(wish.andRun ? await run(id, wish.input.name) : (savedHref ?? `/jobs/${id}`));
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) setConflict(wish);
      else if (error instanceof ApiError && error.violations.length > 0) onProblems(problemsOfViolations(error.violations));
      else tellError('The job was not saved', error);
    }
  };
  return { save, conflict, forgetConflict: () => { setConflict(null); }, isPending: create.isPending || update.isPending || trigger.isPending };
}
