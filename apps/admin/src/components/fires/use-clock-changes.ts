'use client';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '@/api/client';
import type { SchedulePreview, SchedulePreviewInput } from '@/api/contract';
import { useNow } from '../clock';
import type { Fire } from './fires';
import { coming } from './wall-time';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 366;
const AROUND_MS = 2 * 3_600_000;
const FIRES_AROUND = 20;

/**
 * Fire times of the coming year that a change of the clocks moves, or that come twice. Only of times of day: a period and a
 * single date know no wall clock. Null asks nothing.
 */
export function useClockChanges(input: SchedulePreviewInput | null, timezone: string): Fire[] {
  const isCron = input?.jobTypeId === 2;
  const today = Math.floor(useNow() / DAY_MS) * DAY_MS;
  const changes = useMemo(() => (isCron && today > 0 ? coming(timezone, today, YEAR_DAYS) : []), [isCron, timezone, today]);
  const answers = useQueries({
    queries: changes.map((atMs) => {
      const body = { ...input, withOtherJobs: false, count: FIRES_AROUND, after: new Date(atMs - AROUND_MS - 1_000).toISOString() };
      return { queryKey: ['schedule-preview', body], queryFn: ({ signal }: { signal: AbortSignal }) => call<SchedulePreview>('POST', 'schedule/preview', { body, signal }), staleTime: 3_600_000 };
    }),
  });
  return answers.flatMap(({ data }, at) => (data?.nextRuns ?? []).filter(({ utc, dst }) => dst !== null && Math.abs(Date.parse(utc) - (changes[at] ?? 0)) <= AROUND_MS));
}
