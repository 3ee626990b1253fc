import cronstrue from 'cronstrue';
import { localIso } from './preview.js';
import type { Schedule } from './schedule.js';

const UNITS: readonly (readonly [name: string, worthMs: number])[] = [
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/**
 * The schedule in English words with a 24-hour clock: `Every 2 hours`, `At 09:00, only on Monday`, `Once on
 * 2027-03-28 at 03:00`. Times are those of the schedule's zone, which the text does not name. Never throws: an
 * expression that cannot be put in words is quoted.
 */
export function describeSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'interval':
      return describeInterval(schedule.everyMs);
    case 'once':
      return describeOnce(schedule.timeZone, schedule.at);
    case 'cron':
      return describeCron(schedule.expression);
  }
}

function describeOnce(timeZone: string, at: Date): string {
  const [date = '', time = ''] = localIso(timeZone, at).split('T');
  return `Once on ${date} at ${time.slice(0, 'hh:mm:ss'.length).replace(/:00$/, '')}`;
}

function describeInterval(everyMs: number): string {
  const parts: string[] = [];
  let restMs = everyMs;
  for (const [name, worthMs] of UNITS) {
    const amount = Math.floor(restMs / worthMs);
    restMs -= amount * worthMs;
    if (amount > 0) parts.push(amount === 1 ? `1 ${name}` : `${String(amount)} ${name}s`);
  }
  const only = parts[0] ?? '0 seconds';
  if (parts.length > 1) return `Every ${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
  return only.startsWith('1 ') ? `Every ${only.slice(2)}` : `Every ${only}`;
}

function describeCron(expression: string): string {
  try {
    return eitherDay(expression, cronInWords(expression));
  } catch {
    return `Cron ${expression}`;
  }
}

function cronInWords(expression: string): string {
  return cronstrue.toString(expression, { use24HourTimeFormat: true, dayOfWeekStartIndexZero: true });
}

const ANY_DAY = /^[*?]$/;

/** The library joins two restricted kinds of day by "and", where a day matches if either does: see `parseCronExpression`. */
function eitherDay(expression: string, words: string): string {
  const fields = expression.split(' ');
  const seconds = fields.length > 5 ? fields.slice(0, 1) : [];
  const [minute = '', hour = '', day = '', , weekday = ''] = fields.slice(seconds.length);
  if (ANY_DAY.test(day) || ANY_DAY.test(weekday)) return words;
  const untilDay = cronInWords([...seconds, minute, hour, day, '*', '*'].join(' '));
  if (!words.startsWith(untilDay)) return words;
  return `${untilDay}${words.slice(untilDay.length).replace(/^, (and )?/, ', or ')}`;
}
