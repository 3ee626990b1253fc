/** What of the list of jobs is in the URL, and the request that it stands for. */
import { createParser, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs';
import type { JobFilter, JobFilterStatus, JobListQuery, JobSort } from '@/api/contract';

export const STATUS_FILTERS = ['enabled', 'disabled', 'paused', 'running', 'failing', 'late', 'never_run'] as const satisfies readonly JobFilterStatus[];
export const PAGE_SIZES = [20, 50, 100] as const;
const SORTS = ['created', 'name', 'next_run', 'last_run', 'failures'] as const satisfies readonly JobSort[];
const ORDERS = SORTS.flatMap((sort) => [sort, `-${sort}`] as const);

const atLeastOne = (text: string) => {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 1 ? value : null;
};
const page = createParser({ parse: atLeastOne, serialize: String });
const pageSize = createParser({
  parse: (text) => PAGE_SIZES.find((size) => String(size) === text) ?? null,
  serialize: String,
});

export const LIST_STATE = {
  q: parseAsString.withDefault(''),
  status: parseAsStringLiteral(STATUS_FILTERS),
  function: parseAsInteger,
  type: parseAsInteger,
  queue: parseAsString,
  timezone: parseAsString,
  sort: parseAsStringLiteral(ORDERS),
  page: page.withDefault(1),
  per_page: pageSize.withDefault(20),
  saved: parseAsString,
};

export interface ListState {
  q: string;
  status: (typeof STATUS_FILTERS)[number] | null;
  function: number | null;
  type: number | null;
  queue: string | null;
  timezone: string | null;
  sort: (typeof ORDERS)[number] | null;
  page: number;
  per_page: (typeof PAGE_SIZES)[number];
  /** The job whose editor led back here: its row is marked until something else is looked at. */
  saved: string | null;
}

export const NO_FILTER = { q: '', status: null, function: null, type: null, queue: null, timezone: null, page: 1 } as const;

/** The filter alone, as the API takes it; the same for the list and for changes to all that match. */
export function filterOf(state: ListState): JobFilter {
  const q = state.q.trim();
  return {
    ...(q === '' ? {} : { q }),
    ...(state.status === null ? {} : { status: state.status }),
    ...(state.function === null ? {} : { task_function_id: state.function }),
    ...(state.type === null ? {} : { job_type_id: state.type }),
    ...(state.queue === null ? {} : { queue: state.queue }),
    ...(state.timezone === null ? {} : { timezone: state.timezone }),
  };
}

export function isFiltered(state: ListState): boolean {
  return Object.keys(filterOf(state)).length > 0;
}

export function queryOf(state: ListState): JobListQuery {
  return { ...filterOf(state), ...(state.sort === null ? {} : { sort: state.sort }), page: state.page, per_page: state.per_page, include: 'recent' };
}

/** Whether runs change the order, and not only those who change jobs. */
export function isMovedByRuns(sort: JobListQuery['sort']): boolean {
  return /(_run|failures)$/.test(sort ?? '');
}

/** The page to go to when a list that is not empty has nothing on the page that was asked for; null when all is well. */
export function pageInstead(state: Pick<ListState, 'page' | 'per_page'>, list: { total: number; shown: number }): number | null {
  if (list.shown > 0 || state.page === 1) return null;
  return Math.max(1, Math.ceil(list.total / state.per_page));
}

/** Undefined, as while nothing is known, when a list that is not empty has nothing on this page: another one is on its way. */
export function rowsToShow<Row>(list: { readonly jobs: Row[]; readonly total: number } | undefined): Row[] | undefined {
  return list === undefined || (list.jobs.length === 0 && list.total > 0) ? undefined : list.jobs;
}
