import type { AccountChange } from '#application/identity/user.repository.js';
import type { CreateUserCommand } from '#identity/users/user-accounts.js';
import { given } from '../input/given.js';
import type { CreateUserRequest, UpdateUserRequest } from './user.dto.js';

export function toNewUser({ username, email, password, role }: CreateUserRequest): CreateUserCommand {
  return { username, email: email ?? null, password, role };
}

export function toAccountChange({ email, role, isActive }: UpdateUserRequest): AccountChange {
  const state = isActive === undefined ? undefined : isActive ? ('enabled' as const) : ('disabled' as const);
  return given({ email, role, state });
}
