import type { PasswordHashing } from './passwords/password-hasher.js';
import type { AccessTokenOptions } from './tokens/access-tokens.js';

/** What the composition root decides about identity. */
export interface IdentitySettings {
  readonly accessTokens: AccessTokenOptions;
  /** Loopback only and not production: the published demo passwords are accepted. */
  readonly localMode: boolean;
  /** @default OWASP's smallest recommended setting of argon2id */
  readonly passwordHashing?: PasswordHashing;
}

/** The settings as a token of injection. */
export class IdentityOptions {
  constructor(readonly settings: IdentitySettings) {}
}
