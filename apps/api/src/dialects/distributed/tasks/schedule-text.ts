import type { ScheduledJob } from '#domain/job/scheduled-job.js';

const UNITS: readonly (readonly [name: string, worthMs: number])[] = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
];

/**
 * A job's schedule in one text. Cron expressions as they were given, or in their canonical spelling when they were given
 * member by member; intervals and single instants, which have no cron expression, as `@every 1h30m` and
 * `@once 2027-01-01T00:00:00.000Z`. Those two are for reading: the API takes them only where nothing changes.
 */
export function scheduleText({ bounded: { schedule }, scheduleConfig }: Pick<ScheduledJob, 'bounded' | 'scheduleConfig'>): string {
  const { expression } = scheduleConfig;
  switch (schedule.kind) {
    case 'cron':
      return typeof expression === 'string' ? expression : schedule.expression;
    case 'interval':
      return `@every ${durationText(schedule.everyMs)}`;
    case 'once':
      return `@once ${schedule.at.toISOString()}`;
  }
}

function durationText(ms: number): string {
  let restMs = ms;
  const parts = UNITS.map(([name, worthMs]) => {
    const amount = Math.floor(restMs / worthMs);
    restMs -= amount * worthMs;
    return amount === 0 ? '' : `${String(amount)}${name}`;
  });
  return parts.join('') || '0s';
}
