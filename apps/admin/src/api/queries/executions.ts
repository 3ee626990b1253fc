import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../client';
import type { ExecutionList, ExecutionListQuery } from '../contract';
import { executionTopic, jobTopic } from '../keys';
import type { ExecutionDetail } from '../types';

export function useExecutions(query: ExecutionListQuery) {
  return useQuery({
    queryKey: ['executions', 'list', query],
    queryFn: ({ signal }) => get<ExecutionList>('executions', query, signal),
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

export function useExecution(id: string) {
  return useQuery({ queryKey: [executionTopic(id), 'detail'], queryFn: ({ signal }) => get<ExecutionDetail>(`executions/${id}`, undefined, signal) });
}
