import { describe, expect, it } from 'vitest';
import { isDue, MIN_AGE_MS } from './facet-age';

const LIST_AT = 1_000_000;
const counted = { dataUpdatedAt: LIST_AT, isError: false, isFetching: false };

describe('the counts', () => {
  it('follow the list when they are old', () => {
    expect(isDue({ ...counted, dataUpdatedAt: LIST_AT - MIN_AGE_MS - 1 }, LIST_AT)).toBe(true);
    expect(isDue({ ...counted, dataUpdatedAt: LIST_AT - MIN_AGE_MS }, LIST_AT)).toBe(false);
  });

  it('that failed are asked for again, the first ones as well', () => {
    expect(isDue({ ...counted, isError: true }, LIST_AT)).toBe(true);
    expect(isDue({ ...counted, isError: true, dataUpdatedAt: 0 }, LIST_AT)).toBe(true);
  });

  it('are not asked for twice, nor before the list is there', () => {
    expect(isDue({ dataUpdatedAt: 0, isError: true, isFetching: true }, LIST_AT)).toBe(false);
    expect(isDue({ dataUpdatedAt: 0, isError: true, isFetching: false }, 0)).toBe(false);
    expect(isDue({ dataUpdatedAt: 0, isError: false, isFetching: false }, LIST_AT)).toBe(false);
  });
});
