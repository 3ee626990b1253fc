import { looksLikeApiKey } from '#identity/api-keys/api-key-format.js';
import type { IncomingHttpHeaders } from 'node:http';

/** What a request offers to prove who sends it. */
export type Credential =
  | { readonly kind: 'access-token'; readonly token: string }
  | { readonly kind: 'api-key'; readonly key: string }
  | { readonly kind: 'none' };

const BEARER = /^Bearer +([^\s]+) *$/i;

/**
 * Finds the credential of a request: `Authorization: Bearer` with an access token or an API key, else `X-API-Key`. Nothing
 * is ever read from the URL, which ends in logs and histories.
 */
export function credentialOf(headers: IncomingHttpHeaders): Credential {
  const bearer = bearerToken(headers);
  if (bearer !== null) {
    return looksLikeApiKey(bearer) ? { kind: 'api-key', key: bearer } : { kind: 'access-token', token: bearer };
  }
  const key = headers['x-api-key'];
  return typeof key === 'string' && key !== '' ? { kind: 'api-key', key } : { kind: 'none' };
}

/** The token of `Authorization: Bearer <token>`, or null. */
export function bearerToken(headers: IncomingHttpHeaders): string | null {
  return BEARER.exec(headers.authorization ?? '')?.[1] ?? null;
}
