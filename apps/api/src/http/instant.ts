const ISO_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;

/** Reads ISO 8601 with date and time, as UTC when it names no offset. Null for anything else, the 30th of February included. */
export function parseInstant(value: unknown): Date | null {
  const match = typeof value === 'string' ? ISO_TIME.exec(value) : null;
  if (match === null) return null;
  const [text, day = '', offset] = match;
  const instant = new Date(offset === undefined ? `${text}Z` : text);
  return Number.isNaN(instant.getTime()) || !isCalendarDay(day) ? null : instant;
}

/** `Date` rolls days that a month does not have over into the next one. */
function isCalendarDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
