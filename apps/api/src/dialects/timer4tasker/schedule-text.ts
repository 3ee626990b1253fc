/**
 * A job's schedule as the one text that document 000 has for it.
 *
 * Schedules made here are cron expressions and come back as they were given. Those of other dialects that cron cannot say
 * are shown all the same, in words that no cron expression is: `@every 6h`, `@at 2030-01-01T09:00:00.000Z`, and
 * `CRON_TZ=Europe/Berlin 0 9 * * *` for a cron of another zone than UTC, which would be a lie without it. An update may
 * send such a text back unchanged; it cannot set one.
 */
import type { JobSummary } from '#application/jobs/job-views.js';
import type { CronSchedule } from '#domain/schedule/schedule.js';

type Scheduled = Pick<JobSummary, 'bounded' | 'scheduleConfig'>;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** The zone that needs no mention. */
const PLAIN_ZONE = 'UTC';

export function scheduleText({ bounded, scheduleConfig }: Scheduled): string {
  const { schedule } = bounded;
  switch (schedule.kind) {
    case 'cron':
      return zonePrefix(schedule) + givenExpression(scheduleConfig['expression'], schedule);
    case 'interval':
      return `@every ${duration(schedule.everyMs)}`;
    case 'once':
      return `@at ${schedule.at.toISOString()}`;
  }
}

function zonePrefix({ timeZone }: CronSchedule): string {
  return timeZone === PLAIN_ZONE ? '' : `CRON_TZ=${timeZone} `;
}

/** As it was written; a schedule made of single fields has only its canonical form. */
function givenExpression(given: unknown, schedule: CronSchedule): string {
  return typeof given === 'string' ? given : schedule.expression;
}

function duration(everyMs: number): string {
  const hours = Math.floor(everyMs / HOUR_MS);
  const minutes = Math.floor((everyMs % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((everyMs % MINUTE_MS) / SECOND_MS);
  return [`${hours}h`, `${minutes}m`, `${seconds}s`].filter((part) => !part.startsWith('0')).join('');
}
