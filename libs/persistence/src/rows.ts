/** What node-postgres hands out for our column types, and the few conversions that follow from it. */

/** `bigint` and `count()` come as text. */
export type BigIntText = string;

/** The number in a `bigint` column; null stays null. All of ours are below 2^53. */
export function toNumber(value: BigIntText | null): number | null {
  return value === null ? null : Number(value);
}

/** Columns of rows as arrays, the form in which `unnest` takes many rows in one statement. */
export function columns<Row, Columns extends readonly ((row: Row) => unknown)[]>(
  rows: readonly Row[],
  ...pick: Columns
): unknown[][] {
  return pick.map((column) => rows.map(column));
}

/**
 * JSON text for a `jsonb` parameter; undefined and null become SQL null. Postgres refuses NUL and lone surrogates, in names of
 * members as in values: `JSON.stringify` writes both as escapes (and pairs as they are), which become U+FFFD.
 */
export function toJsonb(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return JSON.stringify(value).replace(UNSTORABLE_ESCAPE, '$1\uFFFD');
}

/** An escape that is none itself: an even number of backslashes stands before it. */
const UNSTORABLE_ESCAPE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

// eslint-disable-next-line no-control-regex -- NUL is what is looked for
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Text that Postgres can store: NUL and lone surrogates, which it refuses, become U+FFFD. */
export function storable(text: string): string {
  return text.replace(UNSTORABLE, '\uFFFD');
}
