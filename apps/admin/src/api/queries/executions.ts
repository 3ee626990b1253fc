import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from '../client';
import type { ExecutionFacets, ExecutionFilter, ExecutionList, ExecutionListQuery, LogPage, LogQuery } from '../contract';
import { executionTopic, jobTopic } from '../keys';
import type { ExecutionDetail } from '../types';

export function useExecutions(query: ExecutionListQuery) {
  return useQuery({
    queryKey: ['executions', 'list', query],
    queryFn: ({ signal }) => get<ExecutionList>('executions', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Newest first, page after page by cursor. */
export function useExecutionPages(query: ExecutionFilter, perPage: number) {
  return useInfiniteQuery({
    queryKey: ['executions', 'pages', query, perPage],
    queryFn: ({ signal, pageParam }) => get<ExecutionList>('executions', { ...query, per_page: perPage, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useJobExecutions(jobId: string, query: { status?: string | null; page?: number; per_page?: number }) {
  return useQuery({
    queryKey: [jobTopic(jobId), 'executions', query],
    queryFn: ({ signal }) => get<ExecutionList>(`jobs/${jobId}/executions`, query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useExecutionFacets(query: ExecutionFilter, buckets = 60) {
  return useQuery({
    queryKey: ['executions', 'facets', query, buckets],
    queryFn: ({ signal }) => get<ExecutionFacets>('executions/facets', { ...query, buckets }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useExecution(id: string) {
  return useQuery({ queryKey: [executionTopic(id), 'detail'], queryFn: ({ signal }) => get<ExecutionDetail>(`executions/${id}`, undefined, signal) });
}

export function useExecutionLogs(id: string, query: LogQuery) {
  return useQuery({
    queryKey: [executionTopic(id), 'logs', query],
    queryFn: ({ signal }) => get<LogPage>(`executions/${id}/logs`, query, signal),
    placeholderData: keepPreviousData,
  });
}
