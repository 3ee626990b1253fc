import type { PageRequest } from '#application/page.js';
import type { Response } from 'express';
import { InputError } from '../../../http/input.pipe.js';

interface PageQuery {
  readonly page?: number;
  readonly per_page?: number;
}

/** Items before a page of a list that may have millions: further ones are found by a filter, not by counting past the others. */
const MAX_OFFSET = 1_000_000;

/** The page that a query asks for. */
export function toPage(query: PageQuery, defaultPerPage: number): PageRequest {
  return { page: query.page ?? 1, perPage: query.per_page ?? defaultPerPage };
}

/** The page of a list that may have millions of items. @throws InputError when it is too far */
export function toPageOfMany(query: PageQuery, defaultPerPage: number): PageRequest {
  const wanted = toPage(query, defaultPerPage);
  if ((wanted.page - 1) * wanted.perPage <= MAX_OFFSET) return wanted;
  const message = `pages begin within the first ${String(MAX_OFFSET)} items; use a filter`;
  throw new InputError('query', [{ path: ['page'], message, kind: 'value_error.number.not_le' }]);
}

/** Says in headers which page of how many items the answer is. */
export function setPageHeaders(response: Response, page: PageRequest, total: { count: number; isEstimate?: boolean }): void {
  response.setHeader('X-Total-Count', String(total.count));
  response.setHeader('X-Page', String(page.page));
  response.setHeader('X-Per-Page', String(page.perPage));
  if (total.isEstimate === true) response.setHeader('X-Total-Count-Estimated', 'true');
}
