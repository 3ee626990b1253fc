import type { ListedUser } from '#application/identity/user-directory.js';
import { instant, instantOrNull } from '../wire.js';
import type { UserResponse } from './user.responses.js';

export function presentUser(user: ListedUser): UserResponse {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    role: user.role,
    isActive: user.disabledAt === null,
    createdAt: instant(user.createdAt),
    lastLoginAt: instantOrNull(user.lastLoginAt),
    activeSessions: user.activeSessions,
  };
}
