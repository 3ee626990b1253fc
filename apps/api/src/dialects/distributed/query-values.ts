/** Largest value of the database's integers. */
export const MAX_INTEGER = 2_147_483_647;

/** An integer in a query or a path, where every value is text. What is none stays as it is and fails its check. */
export function toInteger(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

/** `true` or `false` in a query. */
export function toFlag(value: unknown): unknown {
  return value === 'true' || value === 'false' ? value === 'true' : value;
}

/** The word that a text means in any case; what means none stays as it is and fails its check. */
export function toWord(words: readonly string[]): (value: unknown) => unknown {
  return (value) => words.find((word) => typeof value === 'string' && word.toLowerCase() === value.toLowerCase()) ?? value;
}
