/**
 * Changes to jobs. Only the switches are optimistic: what starts, stops or deletes is shown when it has happened. Who waits for a
 * change waits for its own answer, not for the lists that are asked for again afterwards.
 */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { call, type Answer } from '../client';
import type { JobBulk, JobBulkResult, JobList, Triggered } from '../contract';
import { jobTopic } from '../keys';
import type { Job, JobDetail, JobInput, JsonObject } from '../types';
import { jobKey } from './jobs';

interface Toggle {
  id: string;
  isEnabled: boolean;
}

/** Shows the new state at once, and the old one again when the API refuses. */
export function useToggleJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, isEnabled }: Toggle) => call<JobDetail>('PUT', `jobs/${id}/status`, { body: { isEnabled } }),
    onMutate: async ({ id, isEnabled }) => {
      await Promise.all([client.cancelQueries({ queryKey: ['jobs'] }), client.cancelQueries({ queryKey: jobKey(id) })]);
      const before = [...client.getQueriesData({ queryKey: ['jobs'] }), ...client.getQueriesData({ queryKey: jobKey(id) })];
      patchJob(client, id, { isEnabled, state: isEnabled ? 'enabled' : 'disabled', ...(isEnabled ? {} : { nextRunTime: null }) });
      return before;
    },
    onError: (_error, _toggle, before) => {
      for (const [key, data] of before ?? []) client.setQueryData(key, data);
    },
    onSettled: (_data, _error, { id }) => { refetchJobs(client, id); },
  });
}

/** Puts members of a job into every list and detail that shows it. */
function patchJob(client: QueryClient, id: string, change: Partial<Job>): void {
  client.setQueriesData<JobList>({ queryKey: ['jobs', 'list'] }, (list) =>
    list === undefined ? undefined : { ...list, jobs: list.jobs.map((job) => (job.id === id ? { ...job, ...change } : job)) },
  );
  client.setQueryData<Answer<JobDetail>>(jobKey(id), (answer) => (answer === undefined ? undefined : { ...answer, data: { ...answer.data, ...change } }));
}

function refetchJobs(client: QueryClient, id?: string): void {
  const keys = [['jobs'], ['overview'], ['executions'], ...(id === undefined ? [] : [[jobTopic(id)]])];
  for (const queryKey of keys) void client.invalidateQueries({ queryKey });
}

function useJobChange<Input extends { id?: string }, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: (_data, _error, input) => { refetchJobs(client, input.id); } });
}

export const useCreateJob = () => useJobChange(({ body }: { id?: string; body: JobInput }) => call<JobDetail>('POST', 'jobs', { body }));

/** @throws ApiError 412 when somebody else changed the job since `etag` */
export const useUpdateJob = () =>
  useJobChange(({ id, body, etag }: { id: string; body: Partial<JobInput>; etag?: string | null }) =>
    call<JobDetail>('PUT', `jobs/${id}`, { body, ...(etag ? { headers: { 'if-match': etag } } : {}) }),
  );

export const useDeleteJob = () => useJobChange(({ id }: { id: string }) => call<null>('DELETE', `jobs/${id}`));
export const usePauseJob = () => useJobChange(({ id, isPaused }: { id: string; isPaused: boolean }) => call<JobDetail>('POST', `jobs/${id}/${isPaused ? 'pause' : 'resume'}`));
export const useDuplicateJob = () => useJobChange(({ id, name }: { id: string; name?: string }) => call<Job>('POST', `jobs/${id}/duplicate`, { body: name === undefined ? {} : { name } }));
export const useTriggerJob = () =>
  useJobChange(({ id, taskArgs }: { id: string; taskArgs?: JsonObject | null }) =>
    call<Triggered>('POST', `jobs/${id}/trigger`, taskArgs === undefined ? {} : { body: { taskArgs } }),
  );
export const useBulkJobs = () => useJobChange(({ bulk }: { id?: string; bulk: JobBulk }) => call<JobBulkResult>('POST', 'jobs/bulk', { body: bulk }));
