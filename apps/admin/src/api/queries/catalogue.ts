import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../client';
import type { JobList, TaskFunctionList, TaskFunctionListQuery } from '../contract';
import type { JobType } from '../types';

const RARELY_CHANGES_MS = 60_000;

export function useTaskFunctions(query: TaskFunctionListQuery = { per_page: 100 }) {
  return useQuery({
    queryKey: ['catalogue', 'task-functions', query],
    queryFn: ({ signal }) => get<TaskFunctionList>('task-functions', query, signal),
    placeholderData: keepPreviousData,
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
