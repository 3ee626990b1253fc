/** A page of a list whose order changes by itself, as by the next run: its rows stay where they are until somebody asks for the new order. */

export interface Pinned<Row> {
  /** In the order in which they stand on the page. */
  readonly rows: readonly Row[];
  /** Whether the list has other rows there by now, or these in another order. */
  readonly isOutdated: boolean;
}

/**
 * The rows on the page with what is last known of each. One that is on another page of the list by now stays; one that does not
 * match any more, or is gone, goes.
 *
 * @param shown rows on the page
 * @param latest the newest answer for the page
 * @param elsewhere the newest answer for those that `latest` lacks; undefined while it is not known
 */
export function steadyOrder<Row extends { readonly id: string }>(shown: readonly Row[], latest: readonly Row[], elsewhere: readonly Row[] | undefined): Pinned<Row> {
  const known = new Map([...(elsewhere ?? []), ...latest].map((row) => [row.id, row]));
  const rows = shown.flatMap((row) => known.get(row.id) ?? (elsewhere === undefined ? [row] : []));
  return { rows, isOutdated: rows.length !== latest.length || rows.some(({ id }, at) => latest[at]?.id !== id) };
}

/** Ids of the rows that the answer lacks. */
export function missingFrom(latest: readonly { readonly id: string }[], shown: readonly { readonly id: string }[]): string[] {
  const present = new Set(latest.map(({ id }) => id));
  return shown.map(({ id }) => id).filter((id) => !present.has(id));
}
