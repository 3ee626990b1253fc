/**
 * Pages that the API serves itself, under the UI's login: passed on with the session's token, so that one address is enough for
 * everything that a person looks at.
 */
import { NextResponse, type NextRequest } from 'next/server';
import { answering } from './answering';
import { failure, type BrowserSession } from './browser-session';
import { isPageRequest } from './page-request';
import { BODY_LIMIT_BYTES, readRequestBody } from './request-body';
import { readBody } from './upstream';

export interface ApiPages {
  /** Where they are, at the API and here, without a slash at the end. */
  readonly prefix: '/admin/queues' | '/docs';
  /** They may stand in a frame of ours, which the API, knowing nothing of frames, forbids. */
  readonly isFramed: boolean;
  /** Changes a text on its way, by its path below the prefix. */
  readonly rewrite?: (path: string, text: string) => string;
}

type Handler = (request: NextRequest, context: { params: Promise<{ path?: string[] }> }) => Promise<NextResponse>;

const SAFE_PATH = /^[\w\-./:@%~+]*$/;
const ANSWER_HEADERS = ['content-type', 'etag', 'last-modified', 'location', 'content-security-policy'];

/** Handler of a route `<prefix>/[[...path]]`. */
export function apiPages(pages: ApiPages): Handler {
  return async (request, { params }) => {
    const segments = (await params).path ?? [];
    const path = segments.map(encodeURIComponent).join('/');
    if (segments.some((segment) => segment === '.' || segment === '..') || !SAFE_PATH.test(path)) return failure(404, 'Not found');
    return answering(request, (session) => passOn(session, pages, request, path));
  };
}

async function passOn(session: BrowserSession, pages: ApiPages, request: NextRequest, path: string): Promise<NextResponse> {
  const target = `${pages.prefix}${path === '' ? '' : `/${path}`}${request.nextUrl.search}`;
  const answer = await session.call(target, () => readRequestBody(request, BODY_LIMIT_BYTES));
  if (answer === null) return toLogin(request, target);
  const content = answer.status === 204 || answer.status === 304 ? null : rewritten(pages, path, await readBody(answer));
  return new NextResponse(content, { status: answer.status, headers: headersOf(pages, answer.headers) });
}

/** A page leads to the login and from there back to itself; what is no page has nobody to log in. */
function toLogin(request: NextRequest, target: string): NextResponse {
  if (!isPageRequest(request.method, request.headers)) return failure(401, 'Not logged in');
  return new NextResponse(null, { status: 307, headers: { location: `/login?next=${encodeURIComponent(target)}` } });
}

function rewritten({ rewrite }: ApiPages, path: string, content: ArrayBuffer): ArrayBuffer | string {
  if (rewrite === undefined) return content;
  const text = new TextDecoder().decode(content);
  const changed = rewrite(path, text);
  return changed === text ? content : changed;
}

function headersOf({ isFramed }: ApiPages, upstream: Headers): Headers {
  const headers = new Headers({
    'cache-control': upstream.get('cache-control') ?? 'no-store',
    'x-frame-options': isFramed ? 'SAMEORIGIN' : 'DENY',
    'x-content-type-options': 'nosniff',
  });
  for (const name of ANSWER_HEADERS) {
    const value = upstream.get(name);
    if (value !== null) headers.set(name, value);
  }
  const policy = headers.get('content-security-policy');
  if (isFramed && policy !== null) headers.set('content-security-policy', policy.replace(/frame-ancestors [^;]*/, "frame-ancestors 'self'"));
  return headers;
}
