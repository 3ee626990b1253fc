import { formatCount } from './format';

/** `12 more jobs`, `1 more job`. */
export function jobsCount(count: number): string {
  return `${formatCount(count)} more ${count === 1 ? 'job' : 'jobs'}`;
}

/** Why a job cannot be run by hand; null when it can. The API refuses disabled ones; paused ones it runs. */
export function runRefusal({ isEnabled }: { readonly isEnabled: boolean }): string | null {
  return isEnabled ? null : 'The job is disabled: enable it to run it.';
}
