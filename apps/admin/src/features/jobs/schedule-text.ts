/** The schedule as it is stored, for people who read cron: shown beside the words. */
import type { Job } from '@/api/types';

const UNITS = ['weeks', 'days', 'hours', 'minutes', 'seconds'] as const;

/** `0 4 * * 1`, `every 1 h 30 m` as `hours=1 minutes=30`, `at 2027-01-01T00:00:00Z`. */
export function rawSchedule({ scheduleConfig }: Pick<Job, 'scheduleConfig'>): string {
  const { expression, at } = scheduleConfig;
  if (typeof expression === 'string') return expression;
  if (typeof at === 'string') return `at ${at}`;
  const parts = UNITS.flatMap((unit) => {
    const value = scheduleConfig[unit];
    return typeof value === 'number' && value > 0 ? [`${unit}=${String(value)}`] : [];
  });
  return parts.length > 0 ? parts.join(' ') : JSON.stringify(scheduleConfig);
}
