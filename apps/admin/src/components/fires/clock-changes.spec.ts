import { describe, expect, it } from 'vitest';
import { noteOf, questionsOf, type ClockChange } from './clock-changes';
import type { Fire } from './fires';

const ZONE = 'Europe/Berlin';
const MINUTE_MS = 60_000;
/** The clocks go from 03:00 back to 02:00. */
const BACK: ClockChange = { atMs: Date.parse('2027-10-31T01:00:00Z'), repeatedMs: 60 * MINUTE_MS };
/** The clocks go from 02:00 ahead to 03:00. */
const AHEAD: ClockChange = { atMs: Date.parse('2027-03-28T01:00:00Z'), repeatedMs: 0 };

/** Fires from an instant on, one every so many milliseconds; what the clocks show twice is marked, as the API does. */
function firesFrom(startMs: number, everyMs: number, count: number): Fire[] {
  return Array.from({ length: count }, (_, at) => {
    const ms = startMs + at * everyMs;
    const hours = ms < BACK.atMs ? 2 : 1;
    const local = `${new Date(ms + hours * 60 * MINUTE_MS).toISOString().slice(0, 19)}+0${String(hours)}:00`;
    return { utc: new Date(ms).toISOString(), local, dst: Math.abs(ms - BACK.atMs + 0.5) < BACK.repeatedMs ? 'fold' : null };
  });
}

const firstPass = BACK.atMs - BACK.repeatedMs;
const textOf = (...answers: Fire[][]) => noteOf(BACK, answers, ZONE)?.text;

describe('clocks that are put back', () => {
  it('are asked about before they come to the time, and when they come to it again', () => {
    expect(questionsOf(BACK)).toEqual([
      { after: '2027-10-30T23:59:59.999Z', count: 100 },
      { after: '2027-10-31T00:59:59.999Z', count: 1 },
    ]);
  });

  it('are one line for many fires', () => {
    expect(noteOf(BACK, [firesFrom(firstPass, 5 * MINUTE_MS, 100), firesFrom(BACK.atMs, 5 * MINUTE_MS, 1)], ZONE)).toEqual({
      date: 'Sun 2027-10-31',
      text: 'The clocks show 02:00–02:55 twice: its 12 runs come both times.',
    });
    const nextDay = firesFrom(firstPass + 25 * 60 * MINUTE_MS, MINUTE_MS, 40);
    expect(textOf([...firesFrom(firstPass, MINUTE_MS, 60), ...nextDay], nextDay.slice(0, 1))).toBe('The clocks show 02:00–02:59 twice: its 60 runs come once, the first time.');
  });

  it('are told of one fire, too', () => {
    const [once, nextDay] = [firesFrom(firstPass + 30 * MINUTE_MS, MINUTE_MS, 1), firesFrom(firstPass + 25.5 * 60 * MINUTE_MS, MINUTE_MS, 1)];
    expect(textOf([...once, ...nextDay], nextDay)).toBe('The clocks show 02:30 twice: it runs once, the first time.');
    expect(textOf(once, firesFrom(BACK.atMs + 30 * MINUTE_MS, MINUTE_MS, 1))).toBe('The clocks show 02:30 twice: it runs both times.');
  });

  it('do not count fires of which only the first hundred are known', () => {
    expect(textOf(firesFrom(firstPass, 1_000, 100), firesFrom(BACK.atMs, 1_000, 1))).toBe('The clocks show 02:00–03:00 twice: its runs come both times.');
  });

  it('do nothing to a schedule that does not fire then', () => {
    const later = firesFrom(BACK.atMs + 120 * MINUTE_MS, MINUTE_MS, 1);
    expect(textOf(later, later)).toBeUndefined();
  });
});

describe('clocks that jump ahead', () => {
  it('move what they jump over, and nothing else', () => {
    const at = { utc: '2027-03-28T01:00:00Z', local: '2027-03-28T03:00:00+02:00' };
    expect(questionsOf(AHEAD)).toEqual([{ after: '2027-03-28T00:59:59.999Z', count: 1 }]);
    expect(noteOf(AHEAD, [[{ ...at, dst: 'gap' }]], ZONE)).toEqual({ date: 'Sun 2027-03-28', text: 'The clocks jump over its time: it runs at 03:00.' });
    expect(noteOf(AHEAD, [[{ ...at, dst: null }]], ZONE)).toBeNull();
  });
});
