import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call, callForAnswer, get } from '../client';
import type { JobList, JobListQuery, JobRuns, JobRunsQuery, SchedulePreview, SchedulePreviewInput } from '../contract';
import { jobTopic } from '../keys';
import { untilPastMs } from '../preview-age';
import type { JobDetail } from '../types';

export const jobsKey = (query: JobListQuery) => ['jobs', 'list', query] as const;
export const jobKey = (id: string) => [jobTopic(id), 'detail'] as const;

/** @param options `isEnabled` false asks nothing */
export function useJobs(query: JobListQuery, { isEnabled = true }: { isEnabled?: boolean } = {}) {
  return useQuery({ queryKey: jobsKey(query), queryFn: ({ signal }) => get<JobList>('jobs', query, signal), placeholderData: keepPreviousData, enabled: isEnabled });
}

/** `data.data` is the job, `data.etag` its version for `If-Match`. */
export function useJob(id: string) {
  return useQuery({ queryKey: jobKey(id), queryFn: ({ signal }) => callForAnswer<JobDetail>('GET', `jobs/${id}`, { signal }) });
}

export function useJobRuns(id: string, query: JobRunsQuery) {
  return useQuery({
    queryKey: [jobTopic(id), 'runs', query],
    queryFn: ({ signal }) => get<JobRuns>(`jobs/${id}/runs`, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Null asks nothing. Debounce what the user types before it gets here. It is asked for again when its first fire time is past. */
export function useSchedulePreview(input: SchedulePreviewInput | null) {
  return useQuery({
    queryKey: ['schedule-preview', input],
    queryFn: ({ signal }) => call<SchedulePreview>('POST', 'schedule/preview', { body: input, signal }),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    refetchInterval: ({ state }) => untilPastMs(state.data, Date.now()),
  });
}
