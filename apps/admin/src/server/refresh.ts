/** Silent renewal of a session: the refresh token is exchanged once, however many requests need it. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { SingleFlight } from './single-flight';
import type { Tokens } from './tokens';
import { callApi, readBody, UpstreamError } from './upstream';

/** Covers requests sent before the new cookies came, and a page that was closed while they were on their way. */
const KEEP_MS = 5 * 60_000;

const answer = z.object({ data: z.object({ access_token: z.string(), refresh_token: z.string() }) });

// Routes are bundled apart, each with its own copy of this module; the process must have one.
const shared = globalThis as { taktRefreshes?: SingleFlight<Tokens | null> };
const flights = (shared.taktRefreshes ??= new SingleFlight(KEEP_MS));

/**
 * @param clientHeaders who asks, for the API's limits and its audit
 * @returns null when the API no longer knows the session
 * @throws UpstreamError when the API does not answer, or says that it cannot (a limit, a store that is away): the session may
 *   still be good
 */
export function renewTokens(refreshToken: string, clientHeaders: Headers): Promise<Tokens | null> {
  const key = createHash('sha256').update(refreshToken).digest('base64url');
  return flights.run(key, () => exchange(refreshToken, clientHeaders));
}

async function exchange(refreshToken: string, clientHeaders: Headers): Promise<Tokens | null> {
  const headers = new Headers(clientHeaders);
  headers.set('content-type', 'application/json');
  const body = new TextEncoder().encode(JSON.stringify({ refresh_token: refreshToken })).buffer;
  const response = await callApi({ method: 'POST', path: '/api/auth/refresh', headers, body });
  const text = new TextDecoder().decode(await readBody(response));
  if (saysSessionIsOver(response.status)) return null;
  if (!response.ok) throw new UpstreamError(503, 'The API cannot renew the session now; try again in a moment');
  return tokensOf(JSON.parse(text));
}

/** Only what is said of the token itself ends a session: 429 or 503 say nothing about it. */
export function saysSessionIsOver(status: number): boolean {
  return status === 400 || status === 401 || status === 403 || status === 422;
}

/** The tokens in an answer of login or refresh. @throws ZodError */
export function tokensOf(json: unknown): Tokens {
  const { data } = answer.parse(json);
  return { access: data.access_token, refresh: data.refresh_token };
}
