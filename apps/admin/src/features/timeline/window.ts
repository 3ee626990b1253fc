/** Which part of time the timeline shows, from what is in the URL. Pure. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Widths that can be chosen, in order; the widest is what the API draws at once. */
export const SPANS = { '1h': HOUR_MS, '2h': 2 * HOUR_MS, '6h': 6 * HOUR_MS, '12h': 12 * HOUR_MS, '1d': DAY_MS, '3d': 3 * DAY_MS, '7d': 7 * DAY_MS } as const;
export type Span = keyof typeof SPANS;
export const SPAN_NAMES = Object.keys(SPANS) as Span[];
export const SPAN_WORDS: Readonly<Record<Span, string>> = { '1h': '1 h', '2h': '2 h', '6h': '6 h', '12h': '12 h', '1d': '24 h', '3d': '3 d', '7d': '7 d' };

export interface Shown {
  readonly from: string;
  readonly to: string;
}

/**
 * @param at middle of the window, ISO 8601; null follows the clock with now in the middle
 * @param nowMs the clock; the window moves in steps of a sixtieth of its width, so that it is not asked for every second
 */
export function windowOf(span: Span, at: string | null, nowMs: number): Shown {
  const width = SPANS[span];
  const step = width / 60;
  const middle = at === null ? Math.floor(nowMs / step) * step : Date.parse(at);
  return { from: new Date(middle - width / 2).toISOString(), to: new Date(middle + width / 2).toISOString() };
}

/** The middle after going half a width to a side. */
export function panned(span: Span, at: string | null, nowMs: number, by: -1 | 1): string {
  const middle = at === null ? nowMs : Date.parse(at);
  return new Date(Math.round((middle + (by * SPANS[span]) / 2) / MINUTE_MS) * MINUTE_MS).toISOString();
}

/** The next narrower (-1) or wider (1) one; null at the ends. */
export function zoomed(span: Span, by: -1 | 1): Span | null {
  return SPAN_NAMES[SPAN_NAMES.indexOf(span) + by] ?? null;
}

/** Null for what is no instant. */
export function instantOf(text: string): string | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
