import type { Status } from '@/api/types';

/** Whether something is still to come of it. */
export function isLive(status: Status): boolean {
  return status === 'pending' || status === 'dispatched' || status === 'running';
}
