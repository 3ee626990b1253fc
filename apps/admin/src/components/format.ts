/** Numbers, durations and instants as people read them. Pure: what "now" is, is a parameter. */

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const SHORT_ID = 8;

/** `0.0034` → `3 ms`, `3.24` → `3.2 s`, `125` → `2 m 05 s`, `3725` → `1 h 02 m`, `90000` → `1 d 1 h`. Null → `–`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  const value = Math.max(0, seconds);
  if (value < 0.9995) return `${String(Math.round(value * 1_000))} ms`;
  if (value < 59.95) return `${trimmed(value, value < 10 ? 1 : 0)} s`;
  const whole = Math.round(value);
  if (whole < HOUR_S) return `${String(Math.floor(whole / MINUTE_S))} m ${padded(whole % MINUTE_S)} s`;
  if (whole < DAY_S) return `${String(Math.floor(whole / HOUR_S))} h ${padded(Math.floor((whole % HOUR_S) / MINUTE_S))} m`;
  return `${String(Math.floor(whole / DAY_S))} d ${String(Math.floor((whole % DAY_S) / HOUR_S))} h`;
}

/** In one unit, rounded down, as a distance from now: `12 s`, `4 min`, `3 h`, `9 d`, `5 mo`, `2 y`. */
export function formatDistance(seconds: number): string {
  const value = Math.abs(seconds);
  if (value < MINUTE_S) return `${String(Math.floor(value))} s`;
  if (value < HOUR_S) return `${String(Math.floor(value / MINUTE_S))} min`;
  if (value < 2 * DAY_S) return `${String(Math.floor(value / HOUR_S))} h`;
  if (value < 60 * DAY_S) return `${String(Math.floor(value / DAY_S))} d`;
  if (value < 730 * DAY_S) return `${String(Math.floor(value / (30 * DAY_S)))} mo`;
  return `${String(Math.floor(value / (365 * DAY_S)))} y`;
}

/** `in 4 min`, `12 s ago`, `now` within a second. */
export function formatRelative(atMs: number, nowMs: number): string {
  const seconds = (atMs - nowMs) / 1_000;
  if (Math.abs(seconds) < 1) return 'now';
  return seconds > 0 ? `in ${formatDistance(seconds)}` : `${formatDistance(seconds)} ago`;
}

/**
 * Time to a coming instant: `in 12 s`, `in 4 m 05 s`, `in 3 h 12 m`; `due` when it is past by less
 * than 5 s (the list that says so is up to 2 s old itself), else `late by …`.
 */
export function formatCountdown(atMs: number, nowMs: number): string {
  const seconds = (atMs - nowMs) / 1_000;
  if (seconds > 0) return `in ${formatDuration(Math.max(1, Math.ceil(seconds)))}`;
  return seconds > -5 ? 'due' : `late by ${formatDuration(Math.floor(-seconds))}`;
}

/** `2026-11-20 14:05:09` in a zone (`UTC`, `Europe/Berlin`; undefined is the browser's). */
export function formatInstant(iso: string | number, timeZone?: string, { withSeconds = true } = {}): string {
  const parts = partsIn(iso, timeZone);
  const date = `${parts('year')}-${parts('month')}-${parts('day')} ${parts('hour')}:${parts('minute')}`;
  return withSeconds ? `${date}:${parts('second')}` : date;
}

/** `2026-11-20 14:05:09 Europe/Berlin`: where nothing else on the spot names the zone. */
export function formatZoned(iso: string | number, timeZone: string): string {
  return `${formatInstant(iso, timeZone)} ${timeZone}`;
}

/** `14:05:09` in a zone. */
export function formatClock(iso: string | number, timeZone?: string): string {
  const parts = partsIn(iso, timeZone);
  return `${parts('hour')}:${parts('minute')}:${parts('second')}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function partsIn(iso: string | number, timeZone: string | undefined): (type: Intl.DateTimeFormatPartTypes) => string {
  const key = timeZone ?? '';
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
    formatter = new Intl.DateTimeFormat('en-CA', timeZone === undefined ? fields : { ...fields, timeZone });
    formatters.set(key, formatter);
  }
  const parts = formatter.formatToParts(new Date(iso));
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

/** `12 840`: digits in groups of three, with a thin space that does not break. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** `99.25 %`; null → `–`. */
export function formatPercent(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined ? '–' : `${trimmed(value, digits)} %`;
}

/** `60 %` of 0.6: a share from 0 to 1, as tasks report how far they are. */
export function formatShare(share: number): string {
  return formatPercent(share * 100, 0);
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `34.2 MiB`; null → `–`. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return '–';
  let value = bytes;
  let unit = 0;
  while (value >= 1_024 && unit < BYTE_UNITS.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  return `${trimmed(value, unit === 0 || value >= 100 ? 0 : 1)} ${BYTE_UNITS[unit] ?? 'B'}`;
}

/** `…5c2b7a10`: its last eight digits. The first ones of a UUIDv7 are the time, the same for all of a minute. */
export function shortId(id: string): string {
  return id.length <= SHORT_ID ? id : `…${id.slice(-SHORT_ID)}`;
}

/** The line that says most about an error: the first one that is not empty. */
export function firstLine(text: string | null | undefined): string {
  return (text ?? '').split('\n').find((line) => line.trim() !== '')?.trim() ?? '';
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
