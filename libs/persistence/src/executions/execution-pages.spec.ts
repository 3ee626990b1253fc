import { describe, expect, it } from 'vitest';
import { sliceOf } from './execution-pages.js';

describe('a page is read', () => {
  const exactly = (count: number): { count: number; isEstimate: boolean } => ({ count, isEstimate: false });

  it.each([
    ['from the front in the first half', { page: 2, perPage: 10 }, exactly(100), { from: 'newest', limit: 10, offset: 10 }],
    ['from the end in the second half', { page: 9, perPage: 10 }, exactly(95), { from: 'oldest', limit: 10, offset: 5 }],
    ['from the end, and no further, when it is the last one', { page: 10, perPage: 10 }, exactly(95), { from: 'oldest', limit: 5, offset: 0 }],
    ['not at all beyond the end', { page: 11, perPage: 10 }, exactly(100), null],
    ['not at all far beyond the end', { page: 2_147_483_647, perPage: 100 }, exactly(10_000), null],
    ['from the front where the total is an estimate', { page: 9_000, perPage: 10 }, { count: 95_000, isEstimate: true }, { from: 'newest', limit: 10, offset: 89_990 }],
    ['from the front where the total is not known', { page: 3, perPage: 10 }, null, { from: 'newest', limit: 10, offset: 20 }],
  ])('%s', (_where, page, total, slice) => {
    expect(sliceOf(page, total)).toEqual(slice);
  });
});
