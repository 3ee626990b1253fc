/** Which stretch of time the explorer looks at: one that ends now, or one with both ends. Pure; "now" is a parameter. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Keys as they stand in the URL (`?range=6h`), in the order of the menu. */
export const PRESETS = [
  { key: '15m', label: '15 minutes', ms: 15 * MINUTE_MS },
  { key: '1h', label: '1 hour', ms: HOUR_MS },
  { key: '6h', label: '6 hours', ms: 6 * HOUR_MS },
  { key: '24h', label: '24 hours', ms: DAY_MS },
  { key: '3d', label: '3 days', ms: 3 * DAY_MS },
  { key: '7d', label: '7 days', ms: 7 * DAY_MS },
  { key: '30d', label: '30 days', ms: 30 * DAY_MS },
] as const;
export type PresetKey = (typeof PRESETS)[number]['key'];
export const PRESET_KEYS = PRESETS.map(({ key }) => key);
export const DEFAULT_PRESET: PresetKey = '24h';

export interface RangeChoice {
  /** Used when both ends are null. */
  readonly range: PresetKey;
  /** ISO 8601 in UTC; null is open: from the preset's length before `to`, up to now. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Both as the API takes them; `to` is null for a range that ends now, so that new executions are in it. */
export interface Range {
  readonly from: string;
  readonly to: string | null;
}

/**
 * A range that ends now begins at a whole step of a sixtieth of its length, at least 15 s: its query stays the same between two
 * steps. Ends that are no instants are left out.
 */
export function rangeOf({ range, from, to }: RangeChoice, nowMs: number): Range {
  const lengthMs = (PRESETS.find(({ key }) => key === range) ?? PRESETS[3]).ms;
  const [startMs, endMs] = [instantMs(from), instantMs(to)];
  const end = endMs === null ? null : new Date(endMs).toISOString();
  if (startMs !== null && (endMs === null || startMs < endMs)) return { from: new Date(startMs).toISOString(), to: end };
  if (endMs !== null) return { from: new Date(endMs - lengthMs).toISOString(), to: end };
  const stepMs = Math.max(15_000, lengthMs / 60);
  return { from: new Date(Math.floor((nowMs - lengthMs) / stepMs) * stepMs).toISOString(), to: null };
}

export function isCustom({ from, to }: Pick<RangeChoice, 'from' | 'to'>): boolean {
  return instantMs(from) !== null || instantMs(to) !== null;
}

export function isInstant(text: string): boolean {
  return instantMs(text) !== null;
}

/** Whether a range with both ends does not end after its start. */
export function isBackwards({ from, to }: Pick<RangeChoice, 'from' | 'to'>): boolean {
  const [startMs, endMs] = [instantMs(from), instantMs(to)];
  return startMs !== null && endMs !== null && startMs >= endMs;
}

function instantMs(text: string | null): number | null {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
