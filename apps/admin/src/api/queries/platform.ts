import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../client';
import type { Attention, Health, Overview, QueueList, Timeline, TimelineQuery, WorkerList, WorkerListQuery } from '../contract';
import type { Meta, SchedulerStatus, WorkerDetail } from '../types';

export function useOverview() {
  return useQuery({ queryKey: ['overview', 'figures'], queryFn: ({ signal }) => get<Overview>('overview', undefined, signal) });
}

export function useAttention() {
  return useQuery({ queryKey: ['overview', 'attention'], queryFn: ({ signal }) => get<Attention>('overview/attention', undefined, signal) });
}

export function useTimeline(query: TimelineQuery) {
  return useQuery({
    queryKey: ['executions', 'timeline', query],
    queryFn: ({ signal }) => get<Timeline>('timeline', query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useHealth() {
  return useQuery({ queryKey: ['scheduler', 'health'], queryFn: ({ signal }) => get<Health>('health', undefined, signal) });
}

/** The stream tells of no heartbeat: who shows their age asks every few seconds, when `pollMs` is not false. */
interface Polled {
  pollMs?: number | false;
}

export function useSchedulerStatus({ pollMs = false }: Polled = {}) {
  return useQuery({ queryKey: ['scheduler', 'status'], queryFn: ({ signal }) => get<SchedulerStatus>('status', undefined, signal), refetchInterval: pollMs });
}

export function useWorkers(query: WorkerListQuery = {}, { pollMs = false }: Polled = {}) {
  return useQuery({
    queryKey: ['workers', 'list', query],
    queryFn: ({ signal }) => get<WorkerList>('workers', query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: pollMs,
  });
}

export function useWorker(id: string, { pollMs = false }: Polled = {}) {
  return useQuery({ queryKey: ['workers', 'detail', id], queryFn: ({ signal }) => get<WorkerDetail>(`workers/${id}`, undefined, signal), refetchInterval: pollMs });
}

export function useQueues() {
  return useQuery({ queryKey: ['queues', 'list'], queryFn: ({ signal }) => get<QueueList>('queues', undefined, signal) });
}

export function useMeta() {
  return useQuery({ queryKey: ['meta'], queryFn: ({ signal }) => get<Meta>('meta', undefined, signal), staleTime: 5 * 60_000 });
}
