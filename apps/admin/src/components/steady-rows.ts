/** A list whose rows stay where they are while newer ones arrive: those are counted, and shown when somebody asks for them. */

export interface Steady<Row> {
  /** Rows on the page, newest first, with what is last known of each. */
  readonly rows: readonly Row[];
  /** In the latest answer, but not on the page. */
  readonly newer: number;
}

/**
 * A row that is missing from the latest answer was either pushed out of it by newer ones, and stays as it was, or does not match
 * the filters any more, and goes: then it stood before one that is still there, or the answer was not full.
 *
 * @param shown rows on the page
 * @param latest the newest answer for the same page
 * @param isFull whether the answer has more pages behind it
 */
export function steadyRows<Row extends { readonly id: string }>(shown: readonly Row[], latest: readonly Row[], isFull: boolean): Steady<Row> {
  const byId = new Map(latest.map((row) => [row.id, row]));
  const lastKept = isFull ? shown.findLastIndex(({ id }) => byId.has(id)) : shown.length;
  const rows = shown.flatMap((row, at) => byId.get(row.id) ?? (at > lastKept ? [row] : []));
  const known = new Set(shown.map(({ id }) => id));
  return { rows, newer: latest.filter(({ id }) => !known.has(id)).length };
}
