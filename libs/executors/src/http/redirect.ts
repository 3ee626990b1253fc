/** What follows after a redirect: a pure decision, as the Fetch standard makes it. */
import type { Method } from './http-parameters.js';

/** One request of an exchange. Header names are in lower case. */
export interface Hop {
  readonly url: URL;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export type RedirectDecision =
  | { readonly kind: 'follow'; readonly next: Hop }
  /** The response is the final one: not a redirect, or one that says nowhere to go. */
  | { readonly kind: 'final' }
  /** It says where to go, but nobody could: the answer is broken. */
  | { readonly kind: 'unreadable' }
  /** It leads out of the web. */
  | { readonly kind: 'refuse'; readonly reason: string };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Headers that another origin gets as well. Any other may be a credential that was meant for the first (`X-Api-Key`,
 * `X-Auth-Token`, `Cookie`), whatever it is called, so that the known harmless ones are listed and not the dangerous ones.
 */
const FOR_EVERY_ORIGIN = new Set([
  'accept', 'accept-encoding', 'accept-language', 'cache-control', 'content-encoding', 'content-language', 'content-location',
  'content-type', 'idempotency-key', 'pragma', 'range', 'user-agent',
]);
const OF_THE_BODY = new Set(['content-type', 'content-encoding', 'content-language', 'content-location']);

/** Decides what a response means for the request it answers. */
export function decideRedirect(hop: Hop, status: number, location: string | null): RedirectDecision {
  if (!REDIRECTS.has(status) || location === null) return { kind: 'final' };
  if (!URL.canParse(location, hop.url.href)) return { kind: 'unreadable' };
  const url = new URL(location, hop.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { kind: 'refuse', reason: `redirect to ${url.protocol} is not http or https` };
  }
  const keepsMethod = !becomesGet(hop.method, status);
  const staysAtHome = url.origin === hop.url.origin;
  const headers = Object.entries(hop.headers).filter(
    ([name]) => (staysAtHome || FOR_EVERY_ORIGIN.has(name)) && (keepsMethod || !OF_THE_BODY.has(name)),
  );
  // Credentials in a redirect's address are the server's words, not the job's.
  url.username = '';
  url.password = '';
  const next = { url, method: keepsMethod ? hop.method : 'GET', body: keepsMethod ? hop.body : null } as const;
  return { kind: 'follow', next: { ...next, headers: Object.fromEntries(headers) } };
}

/** Of 301 and 302 only a POST does: a DELETE that came back as a GET would look done and have deleted nothing. */
function becomesGet(method: Method, status: number): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return method === 'POST' && (status === 301 || status === 302);
}
