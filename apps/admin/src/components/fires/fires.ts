/** Coming fire times of a schedule, as people read them. Pure. */
import type { SchedulePreview } from '@/api/contract';
import type { Job } from '@/api/types';
import { formatCountdown } from '../format';
import { instantsOfWall, offsetMs } from './wall-time';

export type Fire = SchedulePreview['nextRuns'][number];

export interface LocalText {
  /** `Sun 2027-03-28`. */
  readonly date: string;
  /** `03:00:00`. */
  readonly time: string;
  /** `+02:00`. */
  readonly offset: string;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Parts of the API's `2027-03-28T03:00:00+02:00`. */
export function localText(local: string): LocalText {
  const [date = '', rest = ''] = local.split('T');
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
  return { date: `${weekday} ${date}`, time: rest.slice(0, 8), offset: rest.slice(8).replace(/^\.\d+/, '') };
}

/**
 * The fire times of a job, from the preview of its schedule. A preview of a period or of a delay begins now, the job's own row
 * began when it was saved: it is moved so that it begins with the job's next run.
 */
export function firesOfJob({ jobTypeId, scheduleConfig, timezone, nextRunTime, endAt }: Job, preview: SchedulePreview): Fire[] {
  const isRelative = jobTypeId === 1 || (jobTypeId === 3 && scheduleConfig['at'] === undefined);
  if (!isRelative) return preview.nextRuns;
  const first = preview.nextRuns[0];
  if (nextRunTime === null || first === undefined) return [];
  const shift = Date.parse(nextRunTime) - Date.parse(first.utc);
  return preview.nextRuns
    .map(({ utc }) => Date.parse(utc) + shift)
    .filter((atMs) => endAt === null || atMs <= Date.parse(endAt))
    .map((atMs) => ({ utc: new Date(atMs).toISOString(), local: localIso(atMs, timezone), dst: otherInstantOf(atMs, timezone) === null ? null : 'fold' }));
}

/**
 * What daylight saving does to a fire time, or null.
 * @param all the list that it is from: of a time that comes twice, whether it runs twice is said only when the list reaches that far
 */
export function dstNote(fire: Fire, all: readonly Fire[], timezone: string): string | null {
  if (fire.dst === null) return null;
  const clock = clockOf(fire);
  if (fire.dst === 'gap') return `The clocks jump over its time: it runs at ${clock}.`;
  const runs = { both: ': it runs both times', once: ': it runs once, the first time', unknown: '' };
  return `The clocks show ${clock} twice${runs[runsOf(fire, all, timezone)]}.`;
}

/** `02:30`: the local time of a fire time. */
export function clockOf({ local }: Fire): string {
  return localText(local).time.slice(0, 5);
}

/** How often a fire time that the clocks show twice runs, as far as the list it is from tells. */
function runsOf({ utc }: Fire, all: readonly Fire[], timezone: string): 'both' | 'once' | 'unknown' {
  const atMs = Date.parse(utc);
  const instants = all.map((fire) => Date.parse(fire.utc));
  const other = otherInstantOf(atMs, timezone);
  if (other === null) return 'unknown';
  if (instants.includes(other)) return 'both';
  return instants.some((ms) => ms < other) && instants.some((ms) => ms > other) ? 'once' : 'unknown';
}

/** `in 12 s`, then `now` until the preview has been computed again: what nobody has saved is never due, let alone late. */
export function previewDistance(atMs: number, nowMs: number): string {
  return atMs > nowMs ? formatCountdown(atMs, nowMs) : 'now';
}

/** Mean distance of the fire times, seconds; null of fewer than two. */
export function meanGapSeconds(fires: readonly Fire[]): number | null {
  const [first, last] = [fires[0], fires.at(-1)];
  if (first === undefined || last === undefined || fires.length < 2) return null;
  return (Date.parse(last.utc) - Date.parse(first.utc)) / 1_000 / (fires.length - 1);
}

function localIso(atMs: number, timezone: string): string {
  const offset = offsetMs(atMs, timezone);
  const minutes = Math.abs(offset) / 60_000;
  const pair = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${new Date(atMs + offset).toISOString().slice(0, 19)}${offset < 0 ? '-' : '+'}${pair(minutes / 60)}:${pair(minutes % 60)}`;
}

/** When the clocks show the local time of an instant a second time, before or after it; null when they do not. */
function otherInstantOf(atMs: number, timezone: string): number | null {
  return instantsOfWall(atMs + offsetMs(atMs, timezone), timezone).find((ms) => ms !== atMs) ?? null;
}
