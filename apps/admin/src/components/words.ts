import { formatCount } from './format';

/** `1 job`, `12 840 jobs`. @param many when it is more than an s that the plural has */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `21–40 of 1 284 jobs`, `1 of 1 job`: which rows of a list are on a page. Both ends count from one. */
export function rowsText({ first, last, total }: { readonly first: number; readonly last: number; readonly total: number }, one: string): string {
  return `${formatCount(first)}${last === first ? '' : `–${formatCount(last)}`} of ${counted(total, one)}`;
}

/** Why a job cannot be run by hand; null when it can. The API refuses disabled ones; paused ones it runs. */
export function runRefusal({ isEnabled }: { readonly isEnabled: boolean }): string | null {
  return isEnabled ? null : 'The job is disabled: enable it to run it.';
}
