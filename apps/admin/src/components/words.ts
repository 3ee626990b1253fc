import { formatCount } from './format';

/** `12 more jobs`, `1 more job`. */
export function jobsCount(count: number): string {
  return `${formatCount(count)} more ${count === 1 ? 'job' : 'jobs'}`;
}
