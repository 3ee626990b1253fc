/** Which shortcut a key means, alone or after another one; without the page, so that it can be tested. */

export interface Stroke {
  readonly key: string;
  /** Milliseconds on any clock that goes forward. */
  readonly at: number;
}

/** The second key of two counts for so long, milliseconds. */
const SEQUENCE_MS = 1_200;

/** They are pressed on the way to another key, and mean nothing by themselves. */
const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Fn']);

/**
 * @param known `event.key` of one stroke, or two with a space between: `?`, `g j`
 * @param first the stroke before, if it can begin two
 * @returns what the stroke means, null when nothing; and the first stroke that the next one may complete
 */
export function meaningOf(known: readonly string[], stroke: Stroke, first: Stroke | null): { keys: string | null; first: Stroke | null } {
  if (MODIFIERS.has(stroke.key)) return { keys: null, first };
  const two = first !== null && stroke.at - first.at < SEQUENCE_MS ? `${first.key} ${stroke.key}` : null;
  if (two !== null && known.includes(two)) return { keys: two, first: null };
  if (known.includes(stroke.key)) return { keys: stroke.key, first: null };
  return { keys: null, first: known.some((keys) => keys.startsWith(`${stroke.key} `)) ? stroke : null };
}
