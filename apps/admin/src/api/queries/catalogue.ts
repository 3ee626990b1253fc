import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../client';
import type { JobList, QueueList, TaskFunctionList, TaskFunctionListQuery } from '../contract';
import type { JobType } from '../types';

const RARELY_CHANGES_MS = 60_000;

/** One page of those that match; what was there before stays until the answer has come. */
export function useTaskFunctions(query: TaskFunctionListQuery) {
  return useQuery({
    queryKey: ['catalogue', 'task-functions', query],
    queryFn: ({ signal }) => get<TaskFunctionList>('task-functions', query, signal),
    placeholderData: keepPreviousData,
    staleTime: RARELY_CHANGES_MS,
  });
}

/** One task function, or null when there is none with this id. */
export function useTaskFunction(id: number | null) {
  return useQuery({
    queryKey: ['catalogue', 'task-function', id],
    queryFn: ({ signal }) => get<TaskFunctionList>('task-functions', { id }, signal),
    select: ({ taskFunctions }) => taskFunctions[0] ?? null,
    enabled: id !== null,
    staleTime: RARELY_CHANGES_MS,
  });
}

/** Names of all queues. What waits in them is `useQueues`, which the stream keeps up to date. */
export function useQueueNames() {
  return useQuery({
    queryKey: ['catalogue', 'queues'],
    queryFn: ({ signal }) => get<QueueList>('queues', undefined, signal),
    select: ({ queues }) => queues.map(({ name }) => name).sort(),
    staleTime: RARELY_CHANGES_MS,
  });
}

const NAMED_AT_A_TIME = 20;

/**
 * The first jobs, by name, of those whose name has this part, or of these ids. Not kept up to date by the stream.
 *
 * @param options `isEnabled` false asks nothing
 */
export function useNamedJobs(query: { name: string } | { ids: string }, { isEnabled }: { isEnabled: boolean }) {
  return useQuery({
    queryKey: ['catalogue', 'named-jobs', query],
    queryFn: ({ signal }) => get<JobList>('jobs', { ...query, sort: 'name', per_page: NAMED_AT_A_TIME }, signal),
    select: ({ jobs }) => jobs,
    placeholderData: keepPreviousData,
    enabled: isEnabled,
    staleTime: RARELY_CHANGES_MS,
  });
}

/** How many jobs run a task function. Not kept up to date by the stream: a page asks it for each of its rows. */
export function useJobCount(taskFunctionId: number) {
  return useQuery({
    queryKey: ['catalogue', 'job-count', taskFunctionId],
    queryFn: ({ signal }) => get<JobList>('jobs', { task_function_id: taskFunctionId, per_page: 1 }, signal),
    select: ({ total }) => total,
    staleTime: RARELY_CHANGES_MS,
  });
}

export function useJobTypes() {
  return useQuery({ queryKey: ['catalogue', 'job-types'], queryFn: ({ signal }) => get<JobType[]>('job-types', undefined, signal), staleTime: RARELY_CHANGES_MS });
}
