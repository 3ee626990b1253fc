import { expect, it } from 'vitest';
import { saysSessionIsOver } from './refresh';

it.each([400, 401, 403, 422])('%i says that the session is over', (status) => {
  expect(saysSessionIsOver(status)).toBe(true);
});

it.each([200, 404, 408, 429, 500, 502, 503, 504])('%i says nothing about the session', (status) => {
  expect(saysSessionIsOver(status)).toBe(false);
});
