'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { SchedulePreview, SchedulePreviewInput } from '@/api/contract';
import type { Job } from '@/api/types';

const FIRES = 10;

/** What the schedule of a job is asked with. */
export function previewInputOf({ jobTypeId, scheduleConfig, startAt, endAt }: Job): SchedulePreviewInput {
  return { jobTypeId, scheduleConfig, startAt, endAt, count: FIRES };
}

/** The coming fire times of a job, asked anew when its next run is another one. */
export function useJobFires(job: Job) {
  const body = previewInputOf(job);
  return useQuery({
    queryKey: ['schedule-preview', body, job.nextRunTime],
    queryFn: ({ signal }) => call<SchedulePreview>('POST', 'schedule/preview', { body, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
