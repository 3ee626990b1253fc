/** Between instants and what a form field of type `datetime-local` holds: `2027-03-28T02:30:00` in a zone. */
import { formatInstant } from '../format';

/** An instant as the clocks of a zone show it. */
export function wallOf(iso: string, timeZone: string): string {
  return formatInstant(iso, timeZone).replace(' ', 'T');
}

const DAY_MS = 86_400_000;

/**
 * The instant at which the clocks of a zone show a time: the first one if they show it twice, and if they jump over it the one
 * as far after the jump as the time is after the jump's beginning. Null when the text is no date and time.
 */
export function instantOfWall(wall: string, timeZone: string): string | null {
  const wallMs = Date.parse(`${wall}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(wall) || Number.isNaN(wallMs)) return null;
  const atMs = instantsOfWall(wallMs, timeZone)[0] ?? wallMs - offsetMs(wallMs - DAY_MS, timeZone);
  return new Date(atMs).toISOString();
}

/**
 * The instants at which the clocks of a zone show a time, ascending: none when they jump over it, two when they show it twice.
 * @param wallMs the time as if it were in UTC, epoch milliseconds
 */
export function instantsOfWall(wallMs: number, timeZone: string): number[] {
  const offsets = new Set([wallMs - DAY_MS, wallMs + DAY_MS].map((atMs) => offsetMs(atMs, timeZone)));
  const candidates = [...offsets].map((offset) => wallMs - offset);
  return candidates.filter((atMs) => atMs + offsetMs(atMs, timeZone) === wallMs).sort((one, other) => one - other);
}

/** Milliseconds east of UTC, to the second. */
export function offsetMs(atMs: number, timeZone: string): number {
  const whole = Math.floor(atMs / 1_000) * 1_000;
  return Date.parse(`${wallOf(new Date(whole).toISOString(), timeZone)}Z`) - whole;
}

/**
 * The next changes of a zone's clocks, ascending, as the first instant after each, epoch milliseconds.
 * @param days how far to look
 */
export function coming(timeZone: string, fromMs: number, days: number): number[] {
  const found: number[] = [];
  for (let day = 0; day < days; day += 1) {
    const [low, high] = [fromMs + day * DAY_MS, fromMs + (day + 1) * DAY_MS];
    if (offsetMs(low, timeZone) !== offsetMs(high, timeZone)) found.push(changeBetween(low, high, timeZone));
  }
  return found;
}

function changeBetween(fromMs: number, toMs: number, timeZone: string): number {
  let [low, high] = [Math.floor(fromMs / 1_000), Math.floor(toMs / 1_000)];
  const old = offsetMs(low * 1_000, timeZone);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle * 1_000, timeZone) === old) low = middle;
    else high = middle;
  }
  return high * 1_000;
}
