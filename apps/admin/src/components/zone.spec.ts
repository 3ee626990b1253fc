import { expect, it } from 'vitest';
import { resolveZone } from './zone';

it.each([
  ['job', 'Asia/Tokyo', 'Asia/Tokyo'],
  ['job', undefined, 'Europe/Berlin'],
  ['browser', 'Asia/Tokyo', 'Europe/Berlin'],
  ['UTC', 'Asia/Tokyo', 'UTC'],
  ['America/New_York', undefined, 'America/New_York'],
])('the choice %s with the job in %s shows %s', (choice, jobZone, shown) => {
  expect(resolveZone(choice, jobZone, 'Europe/Berlin')).toBe(shown);
});
