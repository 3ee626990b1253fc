import { expect, it } from 'vitest';
import { rawSchedule } from './schedule-text';

it.each([
  [{ expression: '0 4 * * 1', timezone: 'America/New_York' }, '0 4 * * 1'],
  [{ at: '2027-01-01T00:00:00Z' }, 'at 2027-01-01T00:00:00Z'],
  [{ hours: 1, minutes: 30, seconds: 0 }, 'hours=1 minutes=30'],
  [{ hours: 0 }, '{"hours":0}'],
])('%o is %s', (scheduleConfig, text) => {
  expect(rawSchedule({ scheduleConfig })).toBe(text);
});
