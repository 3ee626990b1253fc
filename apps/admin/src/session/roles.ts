import type { Permission } from '@/api/types';

/** What somebody must have to get a permission, as a half sentence: the lowest role that has it. */
export const ROLE_OF: Readonly<Record<Permission, string>> = {
  TaskRead: 'a login',
  TaskWrite: 'the role Operator',
  TaskDelete: 'the role Admin',
  WorkerRead: 'a login',
  WorkerWrite: 'the role Operator',
  SystemRead: 'a login',
  SystemWrite: 'the role Admin',
  Admin: 'the role Admin',
};
