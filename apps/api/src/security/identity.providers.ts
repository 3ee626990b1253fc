import type { Provider } from '@nestjs/common';
import { ApiKeyRepository } from '#application/identity/api-key.repository.js';
import { AuditLog } from '#application/identity/audit-log.js';
import { LoginFailures } from '#application/identity/login-failures.js';
import { SessionRepository } from '#application/identity/session.repository.js';
import { UserRepository } from '#application/identity/user.repository.js';
import { Clock } from '#domain/clock.js';
import { CreateApiKey } from '#identity/api-keys/create-api-key.use-case.js';
import { ListApiKeys } from '#identity/api-keys/list-api-keys.use-case.js';
import { PersonalApiKeys } from '#identity/api-keys/personal-api-keys.js';
import { RevokeApiKey } from '#identity/api-keys/revoke-api-key.use-case.js';
import { Authenticate } from '#identity/authenticate.use-case.js';
import { IdentityOptions } from '#identity/identity-options.js';
import { CheckLogin } from '#identity/passwords/check-login.use-case.js';
import { CheckPassword } from '#identity/passwords/check-password.use-case.js';
import { PasswordHasher } from '#identity/passwords/password-hasher.js';
import { AccessTokens } from '#identity/tokens/access-tokens.js';
import { Login } from '#identity/tokens/login.use-case.js';
import { Logout } from '#identity/tokens/logout.use-case.js';
import { RefreshSession } from '#identity/tokens/refresh-session.use-case.js';
import { UserAccounts } from '#identity/users/user-accounts.js';
import { made } from '../made.js';

/** The use cases of identity, made from its ports, `Clock` and `IdentityOptions`. */
export const identityProviders = [
  {
    provide: PasswordHasher,
    inject: [IdentityOptions],
    useFactory: ({ settings }: IdentityOptions) => new PasswordHasher(settings.passwordHashing),
  },
  {
    provide: AccessTokens,
    inject: [IdentityOptions, Clock],
    useFactory: ({ settings }: IdentityOptions, clock: Clock) => new AccessTokens(settings.accessTokens, clock),
  },
  {
    provide: CheckPassword,
    inject: [UserRepository, PasswordHasher, IdentityOptions],
    useFactory: (users: UserRepository, hasher: PasswordHasher, { settings }: IdentityOptions) =>
      new CheckPassword(users, hasher, settings),
  },
  made(Authenticate, [SessionRepository, ApiKeyRepository]),
  made(CheckLogin, [CheckPassword, LoginFailures, AuditLog, Clock]),
  made(Login, [CheckLogin, SessionRepository, AccessTokens, AuditLog]),
  made(RefreshSession, [SessionRepository, AccessTokens, AuditLog]),
  made(Logout, [SessionRepository, AuditLog]),
  made(CreateApiKey, [ApiKeyRepository, AuditLog]),
  made(ListApiKeys, [ApiKeyRepository]),
  made(RevokeApiKey, [ApiKeyRepository, AuditLog]),
  made(PersonalApiKeys, [ApiKeyRepository, CreateApiKey, RevokeApiKey]),
  {
    provide: UserAccounts,
    inject: [UserRepository, SessionRepository, PasswordHasher, CheckLogin, AuditLog],
    useFactory: (users: UserRepository, sessions: SessionRepository, hasher: PasswordHasher, check: CheckLogin, audit: AuditLog) =>
      new UserAccounts({ users, sessions }, hasher, check, audit),
  },
] satisfies Provider[];
