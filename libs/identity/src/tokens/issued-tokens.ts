import type { User } from '#application/identity/user.repository.js';

/** What a client gets for a login or a refresh. The refresh token is shown this once. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Of the access token, whole seconds. */
  readonly expiresInSeconds: number;
  readonly user: User;
}
