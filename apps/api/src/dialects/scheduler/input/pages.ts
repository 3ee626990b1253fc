import type { PageRequest } from '#application/page.js';
import type { Response } from 'express';

interface PageQuery {
  readonly page?: number;
  readonly per_page?: number;
}

/** The page that a query asks for. */
export function toPage(query: PageQuery, defaultPerPage: number): PageRequest {
  return { page: query.page ?? 1, perPage: query.per_page ?? defaultPerPage };
}

/** Says in headers which page of how many items the answer is. */
export function setPageHeaders(response: Response, page: PageRequest, total: { count: number; isEstimate?: boolean }): void {
  response.setHeader('X-Total-Count', String(total.count));
  response.setHeader('X-Page', String(page.page));
  response.setHeader('X-Per-Page', String(page.perPage));
  if (total.isEstimate === true) response.setHeader('X-Total-Count-Estimated', 'true');
}
