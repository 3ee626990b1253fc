/** The permissions of document 002; they guard every dialect (rulings, "All dialects"). `Admin` implies all others. */
export const PERMISSIONS = [
  'TaskRead',
  'TaskWrite',
  'TaskDelete',
  'WorkerRead',
  'WorkerWrite',
  'SystemRead',
  'SystemWrite',
  'Admin',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** The roles of user accounts, in the wire's spelling. */
export const ROLES = ['Admin', 'Operator', 'Viewer'] as const;

export type Role = (typeof ROLES)[number];

/** What each role may do, as ruled. `Admin` is listed alone because it implies everything. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  Admin: ['Admin'],
  Operator: ['TaskRead', 'TaskWrite', 'WorkerRead', 'WorkerWrite', 'SystemRead'],
  Viewer: ['TaskRead', 'WorkerRead', 'SystemRead'],
};

/** Tells whether a holder of `held` may do what needs `needed`. */
export function permits(held: readonly Permission[], needed: Permission): boolean {
  return held.includes('Admin') || held.includes(needed);
}
