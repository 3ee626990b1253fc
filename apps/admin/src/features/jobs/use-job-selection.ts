'use client';
/** Which rows are ticked. Kept over pages; a change of the filter clears it, so that nothing is chosen that is not seen. */
import { useCallback, useMemo, useState } from 'react';
import type { JobList } from '@/api/contract';
import { useTaskFunctions } from '@/api/queries/catalogue';
import type { Job } from '@/api/types';
import type { Selection } from '@/components/DataTable';
import { filterOf, type ListState } from './list-state';
import { MOST_IDS, type Chosen } from './selection';

export interface JobSelection {
  table: Selection;
  /** Null when nothing is. */
  chosen: Chosen | null;
  /** Offered as the second step when the whole page is ticked and there is more; else null. */
  allMatching: number | null;
  chooseAll: () => void;
  clear: () => void;
  toggle: (id: string) => void;
}

interface Ticked {
  /** The filter under which they were ticked. */
  readonly filter: string;
  readonly ids: ReadonlySet<string>;
  /** Set by the second step: the count of all matches that the user saw. */
  readonly allOf: number | null;
}

const NONE: ReadonlySet<string> = new Set();

export function useJobSelection(state: ListState, list: JobList | undefined): JobSelection {
  const filter = filterOf(state);
  const key = JSON.stringify(filter);
  const [kept, setKept] = useState<Ticked>({ filter: key, ids: NONE, allOf: null });
  const { ids, allOf } = kept.filter === key ? kept : { ids: NONE, allOf: null };
  const total = list?.total ?? 0;
  const shown = list?.jobs ?? [];
  const setIds = (next: ReadonlySet<string>) => {
    setKept({ filter: key, ids: new Set([...next].slice(0, MOST_IDS)), allOf: null });
  };
  const clear = useCallback(() => { setKept({ filter: key, ids: NONE, allOf: null }); }, [key]);
  const toggle = useCallback(
    (id: string) => {
      setKept((before) => {
        const next = new Set(before.filter === key ? before.ids : NONE);
        if (!next.delete(id)) next.add(id);
        return { filter: key, ids: next, allOf: null };
      });
    },
    [key],
  );
  const names = useMemo(() => new Map(list?.jobs.map(({ id, name }) => [id, name])), [list]);
  const systemFunctions = useSystemFunctions();
  const disabled = useSeen(list, isDisabled);
  const ofSystem = useSeen(list, ({ taskFunctionId }) => systemFunctions.has(taskFunctionId));
  const chosen: Chosen | null = allOf !== null ? { kind: 'all', filter, count: allOf, disabled: list?.disabledCount ?? 0 } : ids.size > 0 ? { kind: 'ids', ids: [...ids], disabled, kept: ofSystem } : null;
  const isPageTicked = shown.length > 0 && shown.every(({ id }) => ids.has(id));
  return {
    table: { ids, onChange: setIds, labelOf: (id) => names.get(id) ?? id },
    chosen,
    allMatching: isPageTicked && total > ids.size ? total : null,
    chooseAll: () => { setKept({ filter: key, ids, allOf: total }); },
    clear,
    toggle,
  };
}

/** Of all jobs that were on a page so far, those of which it held when they were last seen. */
function useSeen(list: JobList | undefined, holds: (job: Job) => boolean): ReadonlySet<string> {
  const [seen, setSeen] = useState<ReadonlyMap<string, Job>>(new Map());
  const jobs = list?.jobs ?? [];
  if (jobs.some((job) => seen.get(job.id) !== job)) setSeen(new Map([...seen, ...jobs.map((job) => [job.id, job] as const)]));
  return new Set([...seen.values()].filter(holds).map(({ id }) => id));
}

function isDisabled({ isEnabled }: Job): boolean {
  return !isEnabled;
}

/** Ids of those that belong to Takt itself: it brings them along, so they are among the first. */
function useSystemFunctions(): ReadonlySet<number> {
  const functions = useTaskFunctions({ per_page: 100 }).data?.taskFunctions;
  return useMemo(() => new Set(functions?.filter(({ isSystem }) => isSystem).map(({ id }) => id)), [functions]);
}
