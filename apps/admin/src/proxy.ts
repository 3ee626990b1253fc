/** Before each page: sends those without a session to the login, and sets the content security policy with its nonce. */
import { NextResponse, type NextRequest } from 'next/server';
import { hasTokens } from './server/session-cookies';

export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (!hasTokens(request.cookies) && pathname !== '/login') {
    const login = new URL('/login', request.nextUrl);
    if (pathname !== '/') login.searchParams.set('next', `${pathname}${search}`);
    return NextResponse.redirect(login);
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64');
  const policy = policyWith(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Style attributes cannot carry a nonce and run no code; style elements do. */
function policyWith(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** All but what is no page of ours: names are compared to their end, or a page that begins like one of them would go unguarded. */
export const config = { matcher: ['/((?!api/|_next/|(?:admin/queues|docs)(?:/|$)|(?:icon\\.svg|favicon\\.ico)$).*)'] };
