/** All that the explorer shows is in the URL. Names are those of the API's filters, so that links from elsewhere are short. */
import { parseAsArrayOf, parseAsFloat, parseAsInteger, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs';
import type { ExecutionFilter } from '@/api/contract';
import { STATUSES, type Trigger } from '@/api/types';
import { DEFAULT_PRESET, isCustom, PRESET_KEYS, type Range } from './range';

export const TRIGGERS = ['scheduler', 'manual', 'api', 'dependency'] as const satisfies readonly Trigger[];

export const EXPLORER_STATE = {
  range: parseAsStringLiteral(PRESET_KEYS).withDefault(DEFAULT_PRESET),
  from: parseAsString,
  to: parseAsString,
  status: parseAsArrayOf(parseAsStringLiteral(STATUSES)).withDefault([]),
  trigger: parseAsArrayOf(parseAsStringLiteral(TRIGGERS)).withDefault([]),
  task_function_id: parseAsInteger,
  queue: parseAsString,
  worker_id: parseAsString,
  job_id: parseAsString,
  q: parseAsString.withDefault(''),
  min: parseAsFloat,
  max: parseAsFloat,
  cursor: parseAsString,
};
export type ExplorerState = inferParserType<typeof EXPLORER_STATE>;
export type ExplorerChange = Partial<{ [Name in keyof ExplorerState]: ExplorerState[Name] | null }>;

/** What of the state narrows the list, but for the time. */
export const FILTER_NAMES = ['status', 'trigger', 'task_function_id', 'queue', 'worker_id', 'job_id', 'q', 'min', 'max'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
/** Filters whose values are counted. */
export type FacetName = 'status' | 'trigger' | 'task_function_id' | 'queue' | 'job_id' | 'worker_id';

/** @param without this filter is left out, to count what choosing something else of it would give */
export function toFilter(state: ExplorerState, { from, to }: Range, without?: FacetName): ExecutionFilter {
  const filter: ExecutionFilter = {
    from,
    to,
    status: state.status.join(','),
    trigger: state.trigger.join(','),
    task_function_id: state.task_function_id,
    queue: state.queue,
    worker_id: state.worker_id,
    job_id: state.job_id,
    q: state.q.trim(),
    min_duration_seconds: state.min,
    max_duration_seconds: state.max,
  };
  return without === undefined ? filter : { ...filter, [without]: null };
}

/** Filters that are set. */
export function setFilters(state: ExplorerState): FilterName[] {
  return FILTER_NAMES.filter((name) => {
    const value = state[name];
    return Array.isArray(value) ? value.length > 0 : typeof value === 'string' ? value.trim() !== '' : value !== null;
  });
}

/** Back to what is shown without any filter; the range stays. */
export const NO_FILTERS: ExplorerChange = { ...Object.fromEntries(FILTER_NAMES.map((name) => [name, null])), cursor: null };

export function isPristine(state: ExplorerState): boolean {
  return setFilters(state).length === 0 && !isCustom(state) && state.range === DEFAULT_PRESET;
}

/** A list with the item added, or taken out when it is in it; null (nothing in the URL) when it is empty then. */
export function toggled<Item>(list: readonly Item[], item: Item): Item[] | null {
  const next = list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
  return next.length === 0 ? null : next;
}
