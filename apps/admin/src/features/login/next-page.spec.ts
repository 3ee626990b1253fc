import { expect, it } from 'vitest';
import { nextPage } from './next-page';

it.each([
  [null, '/'],
  ['/jobs?page=2', '/jobs?page=2'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['https://evil.example', '/'],
  ['/login?next=/login', '/'],
])('a login that was to lead to %s leads to %s', (wanted, leads) => {
  expect(nextPage(wanted)).toBe(leads);
});
