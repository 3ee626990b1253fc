import { EXACT_COUNT_LIMIT, type PageRequest, type Total } from '#application/page.js';
import { FilteredStatements } from './execution-filter.js';
import { EXECUTION_JOINS, SELECTED_EXECUTION } from './execution-row.js';

/** From here on it pays to know the total before the page is read. */
const FAR_OFFSET = EXACT_COUNT_LIMIT / 2;

/** Where the rows of a page are: so many, after so many others, seen from one end of the list. */
export interface Slice {
  readonly from: 'newest' | 'oldest';
  readonly limit: number;
  readonly offset: number;
}

/** The ids of a page come from an index alone, however far it is; whole rows are read for that page only. */
const slices = (from: Slice['from']): FilteredStatements => {
  const direction = from === 'newest' ? 'desc' : 'asc';
  return new FilteredStatements(
    `execution-page-${from}`,
    (condition) => `
    select ${SELECTED_EXECUTION}
      from (select id, sort_at from execution where ${condition} order by sort_at ${direction}, id ${direction} limit $2 offset $3) page
      join execution e on e.id = page.id ${EXECUTION_JOINS}
     order by page.sort_at desc, page.id desc`,
  );
};

/** Statements by the end that is read from. Parameters: the job or null, limit, offset. */
export const PAGES = { newest: slices('newest'), oldest: slices('oldest') } as const;

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
