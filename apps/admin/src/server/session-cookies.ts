/** The session's cookies: httpOnly, so that no script ever holds a token. */
import type { NextResponse } from 'next/server';
import type { Tokens } from './tokens';

export const ACCESS_COOKIE = 'takt_access';
export const REFRESH_COOKIE = 'takt_refresh';

/** At least as long as the API keeps a login; it decides, the browser only must not forget earlier. */
const LIFETIME_S = 30 * 86_400;

/** Whether a browser brings tokens; whether they are still good, the API says. */
export function hasTokens(cookies: { has: (name: string) => boolean }): boolean {
  return cookies.has(ACCESS_COOKIE) || cookies.has(REFRESH_COOKIE);
}

export function storeTokens(response: NextResponse, tokens: Tokens, isSecure: boolean): void {
  const shared = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/', maxAge: LIFETIME_S } as const;
  response.cookies.set(ACCESS_COOKIE, tokens.access, shared);
  response.cookies.set(REFRESH_COOKIE, tokens.refresh, shared);
}

export function clearTokens(response: NextResponse): void {
  for (const name of [ACCESS_COOKIE, REFRESH_COOKIE]) response.cookies.set(name, '', { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 0 });
}

/** Whether the browser reached us over https, as the proxy before us says. */
export function isSecureRequest(headers: Headers): boolean {
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}
