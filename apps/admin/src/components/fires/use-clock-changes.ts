'use client';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '@/api/client';
import type { SchedulePreview, SchedulePreviewInput } from '@/api/contract';
import { useNow } from '../clock';
import { noteOf, questionsOf, type ClockChange, type ClockChangeNote } from './clock-changes';
import { coming, offsetMs } from './wall-time';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 366;

/**
 * What the changes of the clocks in the coming year do to a schedule. Only to times of day: a period and a single date know no
 * wall clock. Null asks nothing.
 */
export function useClockChanges(input: SchedulePreviewInput | null, timezone: string): ClockChangeNote[] {
  const isCron = input?.jobTypeId === 2;
  const today = Math.floor(useNow() / DAY_MS) * DAY_MS;
  const changes = useMemo(() => (isCron && today > 0 ? changesOf(timezone, today) : []), [isCron, timezone, today]);
  const questions = changes.flatMap((change) => questionsOf(change).map((question) => ({ change, question })));
  const answers = useQueries({
    queries: questions.map(({ question }) => {
      const body = { ...input, ...question, withOtherJobs: false };
      return { queryKey: ['schedule-preview', body], queryFn: ({ signal }: { signal: AbortSignal }) => call<SchedulePreview>('POST', 'schedule/preview', { body, signal }), staleTime: 3_600_000 };
    }),
  });
  return changes.flatMap((change) => {
    const told = answers.filter((_, at) => questions[at]?.change === change).flatMap(({ data }) => (data === undefined ? [] : [data.nextRuns]));
    const note = told.length === questionsOf(change).length ? noteOf(change, told, timezone) : null;
    return note === null ? [] : [note];
  });
}

function changesOf(timezone: string, fromMs: number): ClockChange[] {
  return coming(timezone, fromMs, YEAR_DAYS).map((atMs) => ({ atMs, repeatedMs: Math.max(0, offsetMs(atMs - 1_000, timezone) - offsetMs(atMs, timezone)) }));
}
