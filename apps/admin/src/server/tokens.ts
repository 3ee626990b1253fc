/** Access and refresh token of a login, as the API issued them. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** A token with less life than this is renewed before it is used, so that a request does not arrive with a dead one. */
const RENEW_BEFORE_MS = 10_000;

/**
 * Whether an access token is worth sending; one that does not say when it expires is none of the API's. Reads the expiry without
 * checking the signature: the API decides.
 */
export function isFresh(accessToken: string, nowMs: number): boolean {
  const expiresAtMs = expiryOf(accessToken);
  return expiresAtMs !== null && expiresAtMs - nowMs > RENEW_BEFORE_MS;
}

function expiryOf(token: string): number | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const expiry = typeof payload === 'object' && payload !== null && 'exp' in payload ? payload.exp : null;
    return typeof expiry === 'number' ? expiry * 1_000 : null;
  } catch {
    return null;
  }
}
