import type { PageRequest } from '#application/page.js';
import { DEFAULT_PAGE_SIZE, type PageQuery } from './page.dto.js';

export function toPage(query: Pick<PageQuery, 'page' | 'page_size'>): PageRequest {
  return { page: query.page ?? 1, perPage: query.page_size ?? DEFAULT_PAGE_SIZE };
}
