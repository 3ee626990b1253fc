'use client';
import { useMemo, useState } from 'react';
import type { JobList, JobListQuery } from '@/api/contract';
import { useJobs } from '@/api/queries/jobs';
import type { Job } from '@/api/types';
import { isMovedByRuns } from './list-state';
import { missingFrom, steadyOrder } from './steady-order';

/** As many as a page can have. */
const MOST = 100;

export interface SteadyJobs {
  /** The answer, with the rows that are to be on the page. */
  readonly list: JobList | undefined;
  readonly isOutdated: boolean;
  /** Puts the rows in the order that the list has now. */
  readonly sortAgain: () => void;
}

interface Held {
  readonly key: string;
  readonly latest: readonly Job[];
  readonly elsewhere: readonly Job[] | undefined;
  readonly rows: readonly Job[];
  readonly isOutdated: boolean;
}

/**
 * Lists that are sorted by what runs do are kept still while the page is live; the others change only when somebody changes jobs.
 * A row that has moved to another page is asked for by its id.
 *
 * @param query what `answer` answers
 * @param occasion another one shows the newest order, as another query does
 */
export function useSteadyJobs(query: JobListQuery, answer: ReturnType<typeof useJobs>, occasion: string): SteadyJobs {
  const isHeld = isMovedByRuns(query.sort);
  const key = JSON.stringify([query, occasion]);
  const [held, setHeld] = useState<Held | null>(null);
  const latest = isHeld ? answer.data?.jobs : undefined;
  const isCurrent = held?.key === key;
  const missing = latest === undefined || !isCurrent ? [] : missingFrom(latest, held.rows);
  const others = useJobs({ ...query, page: 1, per_page: MOST, ids: missing.join(',') }, { isEnabled: missing.length > 0 });
  const elsewhere = missing.length === 0 ? NONE : others.isPlaceholderData ? undefined : others.data?.jobs;
  const adopt = (rows: readonly Job[]) => {
    setHeld({ key, latest: rows, elsewhere: NONE, rows, isOutdated: false });
  };
  // While rendering, as React advises for state that follows from what came in: nothing is painted in between.
  if (latest !== undefined && isCurrent) {
    if (held.latest !== latest || held.elsewhere !== elsewhere) {
      const next = steadyOrder(held.rows, latest, elsewhere);
      if (next.rows.length === 0) adopt(latest);
      else setHeld({ key, latest, elsewhere, ...next });
    }
  } else if (latest !== undefined && !answer.isPlaceholderData) adopt(latest);
  const rows = isHeld && isCurrent ? held.rows : answer.data?.jobs;
  const list = useMemo(() => (answer.data === undefined || rows === undefined ? undefined : { ...answer.data, jobs: [...rows] }), [answer.data, rows]);
  return {
    list,
    isOutdated: isHeld && isCurrent && held.isOutdated,
    sortAgain: () => {
      if (latest !== undefined) adopt(latest);
    },
  };
}

const NONE: readonly Job[] = [];
