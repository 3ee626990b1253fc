import { ApiKeyEntity } from './api-key.entity.js';
import { AuditLogEntity } from './audit-log.entity.js';
import { LoginFailureEntity } from './login-failure.entity.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { SessionEntity } from './session.entity.js';
import { UserAccountEntity } from './user-account.entity.js';

/** The tables of users, logins, keys and the audit log. */
export const identityEntities = [UserAccountEntity, SessionEntity, RefreshTokenEntity, ApiKeyEntity, AuditLogEntity, LoginFailureEntity];
