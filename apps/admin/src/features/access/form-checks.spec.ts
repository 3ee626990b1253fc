import { expect, it } from 'vitest';
import { checksSummary, emailCheck, failedChecks, filled } from './form-checks';

const CHECKS = { username: filled('Enter a user name.'), email: emailCheck };

function formOf(values: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

it('finds what is missing and what cannot be an address', () => {
  const found = failedChecks(formOf({ username: ' ', email: 'zoe' }), CHECKS);
  expect(found).toEqual({ username: 'Enter a user name.', email: 'An e-mail address has a name, an @ and a domain.' });
  expect(checksSummary(found)).toMatch(/^2 things/);
});

it('lets pass what the API may judge', () => {
  expect(failedChecks(formOf({ username: 'zoe', email: '' }), CHECKS)).toEqual({});
  expect(failedChecks(formOf({ username: 'zoe', email: 'zoe@example' }), CHECKS)).toEqual({});
  expect(checksSummary({ username: 'Enter a user name.' })).toBeNull();
});
