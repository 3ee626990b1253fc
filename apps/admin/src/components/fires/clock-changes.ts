/**
 * What a change of the clocks does to a schedule by times of day. Pure. The API fires what falls into a gap once, at its end, and
 * of what the clocks show twice either all of it both times or all of it the first time (ADR 0004).
 */
import type { SchedulePreviewInput } from '@/api/contract';
import { clockOf, dstNote, localText, type Fire } from './fires';

export interface ClockChange {
  /** The first instant after it, epoch milliseconds. */
  readonly atMs: number;
  /** How much time the clocks show twice; 0 where they jump ahead. */
  readonly repeatedMs: number;
}

export interface ClockChangeNote {
  /** `Sun 2027-10-31`. */
  readonly date: string;
  readonly text: string;
}

type Question = Required<Pick<SchedulePreviewInput, 'after' | 'count'>>;

/** As many as one preview has (`PREVIEW_LIMIT` of the API). */
const MOST = 100;

/**
 * What has to be asked to know it: the fire at the change, or the fires of the time that comes twice, and the first one of its
 * repetition. However many fires there are, the last one tells whether they run again.
 */
export function questionsOf({ atMs, repeatedMs }: ClockChange): Question[] {
  if (repeatedMs === 0) return [firesFrom(atMs, 1)];
  return [firesFrom(atMs - repeatedMs, MOST), firesFrom(atMs, 1)];
}

/**
 * One line for one change, however many fire times it moves; null when it moves none.
 * @param answers the fire times that answer `questionsOf`, in its order
 */
export function noteOf({ atMs, repeatedMs }: ClockChange, answers: readonly (readonly Fire[])[], timezone: string): ClockChangeNote | null {
  const asked = answers[0] ?? [];
  if (repeatedMs === 0) {
    const moved = asked.find(({ dst }) => dst === 'gap');
    return moved === undefined ? null : { date: localText(moved.local).date, text: dstNote(moved, asked, timezone) ?? '' };
  }
  const fires = asked.filter(({ utc }) => Date.parse(utc) < atMs);
  const first = fires[0];
  if (first === undefined) return null;
  const again = (answers[1] ?? []).some(({ utc }) => Date.parse(utc) < atMs + repeatedMs);
  const isCutOff = fires.length === MOST;
  const end = isCutOff ? endOfFold(first, atMs) : clockOf(fires.at(-1) ?? first);
  return { date: localText(first.local).date, text: `The clocks show ${stretch(clockOf(first), end)} twice: ${runs(fires.length, isCutOff)} ${again ? 'both times' : 'once, the first time'}.` };
}

function firesFrom(atMs: number, count: number): Question {
  return { after: new Date(atMs - 1).toISOString(), count };
}

/** What the clocks show when they are put back. */
function endOfFold(first: Fire, atMs: number): string {
  const wallMs = Date.parse(`${first.local.slice(0, 19)}Z`);
  return new Date(wallMs + atMs - Date.parse(first.utc)).toISOString().slice(11, 16);
}

function stretch(from: string, to: string): string {
  return from === to ? from : `${from}–${to}`;
}

function runs(count: number, isCutOff: boolean): string {
  if (isCutOff) return 'its runs come';
  return count === 1 ? 'it runs' : `its ${String(count)} runs come`;
}
