/** When the counts are asked for again. Pure. */

/** Counting goes through up to 50,000 executions: it follows the list no more often than this. */
export const MIN_AGE_MS = 10_000;

export interface Counted {
  /** When the last counts came, milliseconds; 0 = none yet. */
  readonly dataUpdatedAt: number;
  readonly isError: boolean;
  readonly isFetching: boolean;
}

/**
 * Whether counts are due along with an answer of the list: old ones, and those whose last request failed, be it the first one.
 *
 * @param listUpdatedAt when the list's last answer came, milliseconds; 0 = none yet
 */
export function isDue({ dataUpdatedAt, isError, isFetching }: Counted, listUpdatedAt: number): boolean {
  if (isFetching || listUpdatedAt === 0) return false;
  return isError || (dataUpdatedAt > 0 && listUpdatedAt - dataUpdatedAt > MIN_AGE_MS);
}
