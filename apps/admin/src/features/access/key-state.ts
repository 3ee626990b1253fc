import { PERMISSIONS, type ApiKey, type Permission } from '@/api/types';

const DAY_MS = 86_400_000;
/** A key that ends within this many days is pointed out, as the overview does. */
const SOON_DAYS = 14;

export type KeyState = 'revoked' | 'expired' | 'expiring' | 'active';

export function keyState(key: Pick<ApiKey, 'isRevoked' | 'isExpired' | 'expiresAt'>, nowMs: number): KeyState {
  if (key.isRevoked) return 'revoked';
  if (key.isExpired) return 'expired';
  return key.expiresAt !== null && Date.parse(key.expiresAt) - nowMs < SOON_DAYS * DAY_MS ? 'expiring' : 'active';
}

/** What a user may give to a key: nothing that the user may not do. */
export function grantable(held: readonly Permission[]): readonly Permission[] {
  return held.includes('Admin') ? PERMISSIONS : PERMISSIONS.filter((permission) => held.includes(permission));
}

export const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  TaskRead: 'See jobs, executions and their logs',
  TaskWrite: 'Create, change and run jobs; cancel executions',
  TaskDelete: 'Delete jobs',
  WorkerRead: 'See workers',
  WorkerWrite: 'Register as a worker and report',
  SystemRead: 'See scheduler, queues and health',
  SystemWrite: 'Change settings of the system',
  Admin: 'Everything, users and keys included',
};

/** Lives of keys that the form offers, in days; null is for ever. */
export const LIFETIMES: readonly (readonly [label: string, days: number | null])[] = [
  ['30 days', 30],
  ['90 days', 90],
  ['1 year', 365],
  ['Does not expire', null],
];

/** @returns ISO 8601, or null for a key that does not expire */
export function expiryAfter(days: number | null, nowMs: number): string | null {
  return days === null ? null : new Date(nowMs + days * DAY_MS).toISOString();
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The API's address as a terminal beside the browser has it. An API on the UI's own machine is, from elsewhere, under the name
 * by which the browser knows that machine.
 *
 * @param apiUrl where the UI's server reaches it
 * @param host that the browser is at, without a port
 */
export function reachableUrl(apiUrl: string, host: string): string {
  const url = new URL(apiUrl);
  if (LOOPBACK.test(url.hostname) && !LOOPBACK.test(host)) url.hostname = host;
  return url.href.replace(/\/+$/, '');
}

/** A first call with a key, for a terminal: who am I? Every key may ask that. */
export function curlSample(apiUrl: string, key: string): string {
  return `curl -H 'X-API-Key: ${key}' ${apiUrl}/api/v1/scheduler/me`;
}
