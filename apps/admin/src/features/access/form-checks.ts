/** What can be said of a form before it is sent. The browser's own bubbles are switched off: they look and read otherwise. */
import { textOf } from '@/components/form-text';

/** A sentence for the field, or null when nothing is wrong with it. */
export type Check = (value: string) => string | null;

/** @param ask what to do about an empty field: `Enter a user name.` */
export function filled(ask: string): Check {
  return (value) => (value.trim() === '' ? ask : null);
}

/** An empty one is none. What the API takes for an address it says itself; this catches what cannot be one. */
export const emailCheck: Check = (value) => (value.trim() === '' || /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? null : 'An e-mail address has a name, an @ and a domain.');

/** By name of the field, in the order of the checks. */
export function failedChecks(form: FormData, checks: Readonly<Record<string, Check>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(checks).flatMap(([name, check]) => {
      const text = check(textOf(form, name));
      return text === null ? [] : [[name, text] as const];
    }),
  );
}

/** Above the fields, when more than one is wrong; null else. */
export function checksSummary(found: Readonly<Record<string, string>>): string | null {
  const count = Object.keys(found).length;
  return count < 2 ? null : `${String(count)} things are missing or wrong: see the fields below.`;
}
