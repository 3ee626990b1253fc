/** One page of a list, by number. */
export interface PageRequest {
  /** From 1. */
  readonly page: number;
  /** 1..1000; most dialects allow 100. */
  readonly perPage: number;
}

/** How many rows match in all; above `EXACT_COUNT_LIMIT` it is an estimate of the database's statistics. */
export interface Total {
  readonly count: number;
  readonly isEstimate: boolean;
}

/** Matches are counted exactly up to here; counting millions would scan them (reference: 182 ms at 5 million). */
export const EXACT_COUNT_LIMIT = 10_000;
