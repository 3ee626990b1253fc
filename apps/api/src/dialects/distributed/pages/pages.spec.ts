import { describe, expect, test } from 'vitest';
import { presentPage } from './page.presenter.js';
import { toPage } from './page.request-mapper.js';

describe('a page', () => {
  test.each([
    ['nothing is asked', {}, { page: 1, perPage: 20 }],
    ['a page is asked', { page: 3 }, { page: 3, perPage: 20 }],
    ['both are asked', { page: 3, page_size: 100 }, { page: 3, perPage: 100 }],
  ])('is that of the document when %s', (_, query, request) => {
    expect(toPage(query)).toEqual(request);
  });

  test.each([
    [0, 0],
    [1, 1],
    [20, 1],
    [21, 2],
    [150, 8],
  ])('of %i items in all is one of %i', (total, pages) => {
    expect(presentPage(['a'], total, { page: 1, perPage: 20 })).toEqual({
      items: ['a'],
      total,
      page: 1,
      page_size: 20,
      total_pages: pages,
    });
  });
});
