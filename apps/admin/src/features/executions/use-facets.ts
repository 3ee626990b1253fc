'use client';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get } from '@/api/client';
import type { ExecutionFacets, ExecutionFilter } from '@/api/contract';
import { toFilter, type ExplorerState, type FacetName } from './explorer-state';
import { isDue, MIN_AGE_MS } from './facet-age';
import type { Range } from './range';

const FACETS = ['status', 'trigger', 'task_function_id', 'queue', 'job_id', 'worker_id'] as const satisfies readonly FacetName[];
const BUCKETS = 60;

/** Its key has no live topic on purpose: see `MIN_AGE_MS`. */
const options = (filter: ExecutionFilter, buckets: number) => ({
  queryKey: ['execution-facets', filter, buckets] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => get<ExecutionFacets>('executions/facets', { ...filter, buckets }, signal),
  placeholderData: keepPreviousData,
  staleTime: MIN_AGE_MS,
});

export interface Facets {
  /** Of everything that matches. */
  readonly all: ReturnType<typeof useQuery<ExecutionFacets>>;
  /** Counts of one facet as if nothing of it were chosen; undefined while unknown. */
  readonly of: (name: FacetName) => ExecutionFacets | undefined;
}

/** @param listUpdatedAt when the list's last answer came, milliseconds: the counts are refreshed along with it */
export function useFacets(state: ExplorerState, range: Range, listUpdatedAt: number): Facets {
  const chosen = FACETS.filter((name) => (Array.isArray(state[name]) ? state[name].length > 0 : state[name] !== null));
  const all = useQuery(options(toFilter(state, range), BUCKETS));
  const others = useQueries({ queries: chosen.map((name) => options(toFilter(state, range, name), 1)) });
  useEffect(() => {
    for (const query of [all, ...others]) {
      if (isDue(query, listUpdatedAt)) void query.refetch();
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- it follows the list, not itself
  }, [listUpdatedAt]);
  return {
    all,
    of: (name) => {
      const at = chosen.indexOf(name);
      return at === -1 ? all.data : (others[at]?.data ?? all.data);
    },
  };
}
