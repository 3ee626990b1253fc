import type { Role } from '#domain/permissions.js';

export interface DemoAccount {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
  readonly email: string;
}

/** The accounts that document 002 promises. They exist in local mode only. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { username: 'admin', password: 'admin123', role: 'Admin', email: 'admin@example.com' },
  { username: 'operator', password: 'op123', role: 'Operator', email: 'operator@example.com' },
  { username: 'viewer', password: 'view123', role: 'Viewer', email: 'viewer@example.com' },
];

/** Tells whether this is the published password of a demo account. */
export function isDemoLogin(username: string, password: string): boolean {
  return DEMO_ACCOUNTS.some((account) => account.username === username && account.password === password);
}
