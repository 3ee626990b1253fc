import { expect, it } from 'vitest';
import { isPageRequest } from './page-request';

it.each([
  ['GET', 'document', true],
  ['GET', null, true],
  ['GET', 'iframe', false],
  ['GET', 'empty', false],
  ['GET', 'script', false],
  ['GET', 'style', false],
  ['PUT', 'document', false],
  ['PUT', null, false],
])('%s for %s asks for a page: %s', (method, destination, expected) => {
  expect(isPageRequest(method, new Headers(destination === null ? {} : { 'sec-fetch-dest': destination }))).toBe(expected);
});
