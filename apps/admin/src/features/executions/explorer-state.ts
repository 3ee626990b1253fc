/** All that the explorer shows is in the URL. Names are those of the API's filters, so that links from elsewhere are short. */
import { createParser, parseAsArrayOf, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs';
import type { ExecutionFilter } from '@/api/contract';
import { ApiError } from '@/api/client';
import { STATUSES, type Trigger } from '@/api/types';
import { isId } from '@/components/ids';
import { DEFAULT_PRESET, isBackwards, isCustom, isInstant, PRESET_KEYS, type Range } from './range';

export const TRIGGERS = ['scheduler', 'manual', 'api', 'dependency'] as const satisfies readonly Trigger[];

/** The largest number that the API takes in an address. */
const MOST = 2_147_483_647;

const textThat = (isGood: (text: string) => boolean) => createParser({ parse: (text) => (isGood(text) ? text : null), serialize: String });
const instant = textThat(isInstant);
const id = textThat(isId);
const numberThat = (isGood: (value: number) => boolean) =>
  createParser({
    parse: (text) => {
      const value = Number(text);
      return isGood(value) ? value : null;
    },
    serialize: String,
  });
const whole = numberThat((value) => Number.isInteger(value) && value >= 0 && value <= MOST);
const seconds = numberThat((value) => value >= 0 && value <= MOST / 1_000);

export const EXPLORER_STATE = {
  range: parseAsStringLiteral(PRESET_KEYS).withDefault(DEFAULT_PRESET),
  from: instant,
  to: instant,
  status: parseAsArrayOf(parseAsStringLiteral(STATUSES)).withDefault([]),
  trigger: parseAsArrayOf(parseAsStringLiteral(TRIGGERS)).withDefault([]),
  task_function_id: whole,
  queue: parseAsString,
  worker_id: id,
  job_id: id,
  q: parseAsString.withDefault(''),
  min: seconds,
  max: seconds,
  cursor: parseAsString,
};
export type ExplorerState = inferParserType<typeof EXPLORER_STATE>;
export type ExplorerChange = Partial<{ [Name in keyof ExplorerState]: ExplorerState[Name] | null }>;

/** What cannot hold together: a range that does not end after its start (its end stays), a run time above its own limit. */
export function contradictory({ from, to, min, max }: Pick<ExplorerState, 'from' | 'to' | 'min' | 'max'>): ('from' | 'min' | 'max')[] {
  return [...(isBackwards({ from, to }) ? (['from'] as const) : []), ...(min !== null && max !== null && min > max ? (['min', 'max'] as const) : [])];
}

/** Whether the API says that a list begins nowhere: what a cursor means is known to it alone. */
export function refusesCursor(error: unknown): boolean {
  return error instanceof ApiError && error.violations.some(({ loc }) => loc.includes('cursor'));
}

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
