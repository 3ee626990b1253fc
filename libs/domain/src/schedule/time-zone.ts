import { DomainError } from '#domain/errors.js';
import { BoundedCache } from './bounded-cache.js';
import { segmentAt } from './zone-offsets.js';

const LONGEST_NAME = 64;
const NAME_SHAPE = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;
const known = new BoundedCache<string, { readonly name: string | null }>(2_048);

/**
 * Tells whether a text names a time zone: an IANA name or alias in any case, or `UTC`. Bare offsets such as `+02:00` are
 * refused although the platform knows them, because they have no daylight-saving rules and users who write them usually
 * mean a place. Never throws.
 */
export function isTimeZone(text: string): boolean {
  return canonicalName(text) !== null;
}

/**
 * Returns the name of a time zone in its usual spelling (`europe/berlin` → `Europe/Berlin`). Aliases stay what they are.
 *
 * @throws DomainError `SCHEDULE_INVALID` when the text is no zone; the message names it.
 */
export function assertTimeZone(text: string): string {
  const name = canonicalName(text);
  if (name !== null) return name;
  throw new DomainError('SCHEDULE_INVALID', `Unknown time zone ${JSON.stringify(text.slice(0, LONGEST_NAME))}`);
}

/**
 * Milliseconds that a zone is ahead of UTC at an instant; negative west of Greenwich. Exact from 1900 to 9998, also for
 * historical offsets with odd seconds.
 *
 * @param zone A name that `assertTimeZone` returned.
 */
export function offsetMs(zone: string, instant: Date): number {
  return segmentAt(zone, instant.getTime()).offsetMs;
}

function canonicalName(text: string): string | null {
  if (text === 'UTC') return text;
  if (text.length > LONGEST_NAME || !NAME_SHAPE.test(text)) return null;
  const remembered = known.get(text);
  if (remembered !== undefined) return remembered.name;
  const name = askPlatform(text);
  known.set(text, { name });
  return name;
}

/** Usual spellings by lower-case name, aliases not included. */
let spellings: Map<string, string> | null = null;

function askPlatform(text: string): string | null {
  try {
    const resolved = new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone;
    spellings ??= new Map(Intl.supportedValuesOf('timeZone').map((name) => [name.toLowerCase(), name]));
    const lower = text.toLowerCase();
    if (lower === 'utc' || lower === resolved.toLowerCase()) return resolved;
    return spellings.get(lower) ?? text;
  } catch {
    return null;
  }
}
