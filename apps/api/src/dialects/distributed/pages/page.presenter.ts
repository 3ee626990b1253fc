import type { PageRequest } from '#application/page.js';
import type { PageData } from './page.responses.js';

/** @param total of all pages together */
export function presentPage<Item>(items: Item[], total: number, { page, perPage }: PageRequest): PageData & { items: Item[] } {
  return { items, total, page, page_size: perPage, total_pages: Math.ceil(total / perPage) };
}
