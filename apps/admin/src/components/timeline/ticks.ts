/** Where the axis of a timeline has its lines, and what stands there. Pure. */
import { offsetMs } from '../fires/wall-time';
import { formatClock, formatInstant } from '../format';
import type { Window } from './marks';

export interface Tick {
  readonly atMs: number;
  /** `14:30`, or `11-21` where a day begins. */
  readonly label: string;
  readonly isDay: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY] as const;
const LABEL_PX = 64;

/**
 * Round times of the zone, far enough apart for their labels. Where the clocks change within the window, lines behind the
 * change keep their distance and are labelled with what the clock shows.
 */
export function ticksOf({ fromMs, toMs }: Window, width: number, timeZone: string): Tick[] {
  if (width <= 0 || toMs <= fromMs) return [];
  const most = Math.max(1, Math.floor(width / LABEL_PX));
  const step = STEPS.find((candidate) => (toMs - fromMs) / candidate <= most) ?? DAY;
  const shift = offsetMs(fromMs, timeZone);
  const ticks: Tick[] = [];
  for (let atMs = Math.ceil((fromMs + shift) / step) * step - shift; atMs <= toMs; atMs += step) {
    const clock = formatClock(atMs, timeZone).slice(0, 5);
    const isDay = clock === '00:00';
    ticks.push({ atMs, label: isDay ? formatInstant(atMs, timeZone).slice(5, 10) : clock, isDay });
  }
  return ticks;
}
