import { createHash, randomBytes } from 'node:crypto';

/** Refresh tokens are opaque: 256 random bits behind a prefix that secret scanners can look for. */
const PREFIX = 'takt_rt_';
const RANDOM_BYTES = 32;
const FORM = /^takt_rt_[A-Za-z0-9_-]{43}$/;

/** A new refresh token and what is stored of it. */
export function newRefreshToken(): { readonly token: string; readonly hash: Buffer } {
  const token = `${PREFIX}${randomBytes(RANDOM_BYTES).toString('base64url')}`;
  return { token, hash: sha256(token) };
}

/** Returns the SHA-256 under which the token is stored, or null when it has not the form of one. */
export function hashOfRefreshToken(token: string): Buffer | null {
  return FORM.test(token) ? sha256(token) : null;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
