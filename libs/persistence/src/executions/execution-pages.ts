import { EXACT_COUNT_LIMIT, type PageRequest, type Total } from '#application/page.js';
import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import type { Statement } from '../database.js';
import { FilteredStatements, type Scope } from './execution-filter.js';
import { EXECUTION_JOINS, SELECTED_EXECUTION } from './execution-row.js';

/** From here on it pays to know the total before the page is read. */
const FAR_OFFSET = EXACT_COUNT_LIMIT / 2;

/** Where the rows of a page are: so many, after so many others, seen from one end of the list. */
export interface Slice {
  readonly from: 'newest' | 'oldest';
  readonly limit: number;
  readonly offset: number;
}

/**
 * The ids of a page come from an index alone, however far it is; whole rows are read for that page only.
 * @param bounds where the rows are, as SQL: numbers, or the placeholders $2 and $3
 */
const pageText = (from: Slice['from'], bounds: string) => (condition: string): string => {
  const direction = from === 'newest' ? 'desc' : 'asc';
  return `
    select ${SELECTED_EXECUTION}
      from (select id, sort_at from execution where ${condition} order by sort_at ${direction}, id ${direction} ${bounds}) page
      join execution e on e.id = page.id ${EXECUTION_JOINS}
     order by page.sort_at desc, page.id desc`;
};

const slices = (from: Slice['from']): FilteredStatements =>
  new FilteredStatements(`execution-page-${from}`, pageText(from, 'limit $2 offset $3'));

/** Pages by the end that is read from. */
const PAGES = { newest: slices('newest'), oldest: slices('oldest') } as const;

/** First pages of the usual sizes. Each statement stays prepared on each connection, so that there must be few. */
const FIRST_PAGES = new Map(
  [5, 10, 20, 25, 50, 100].map((size) => [
    size,
    new FilteredStatements(`execution-first-${String(size)}`, pageText('newest', `limit ${String(size)}`)),
  ]),
);

/**
 * The statement of a page, with its values. The size of a first page, which is what most readers want, stands in the text: where it is
 * a parameter the planner makes a new plan for each reading, because one for any size would be far dearer; that is two thirds of what
 * the reading costs (measured: 460 µs of the server with it, 150 without).
 */
export function pageQuery(filter: ExecutionFilter, scope: Scope, slice: Slice): { readonly statement: Statement; readonly values: readonly unknown[] } {
  const job = filter.jobId ?? null;
  const firstPages = slice.from === 'newest' && slice.offset === 0 ? FIRST_PAGES.get(slice.limit) : undefined;
  if (firstPages !== undefined) return { statement: firstPages.for(filter, scope), values: [job] };
  return { statement: PAGES[slice.from].for(filter, scope), values: [job, slice.limit, slice.offset] };
}

/** Whether the page is so far that the total decides how it is read. */
export function isFar(page: PageRequest): boolean {
  return offsetOf(page) > FAR_OFFSET;
}

/** Where to read a page. Null: there is nothing on it. An exact total tells what is nearer to the list's end. */
export function sliceOf(page: PageRequest, total: Total | null): Slice | null {
  const offset = offsetOf(page);
  if (total === null || total.isEstimate) return { from: 'newest', limit: page.perPage, offset };
  if (offset >= total.count) return null;
  const behind = total.count - offset - page.perPage;
  if (offset <= behind) return { from: 'newest', limit: page.perPage, offset };
  return { from: 'oldest', limit: Math.min(page.perPage, total.count - offset), offset: Math.max(behind, 0) };
}

function offsetOf({ page, perPage }: PageRequest): number {
  return (page - 1) * perPage;
}
