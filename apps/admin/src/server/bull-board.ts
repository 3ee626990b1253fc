/** Bull Board under the UI's login: the API serves it, this passes it on with the session's token. */
import { NextResponse, type NextRequest } from 'next/server';
import { isForeignWrite } from './origin';
import { readBody, UpstreamError } from './upstream';
import { callWithSession, failure } from './with-session';

const PREFIX = '/admin/queues';
const SAFE_PATH = /^[\w\-./:@%~+]*$/;
const ANSWER_HEADERS = ['content-type', 'etag', 'last-modified', 'location', 'content-security-policy'];

export async function passOnBullBoard(request: NextRequest, segments: readonly string[]): Promise<NextResponse> {
  const path = segments.map(encodeURIComponent).join('/');
  if (segments.some((segment) => segment === '.' || segment === '..') || !SAFE_PATH.test(path)) return failure(404, 'Not found');
  if (isForeignWrite(request.method, request.headers)) return failure(403, 'Requests from another site are refused');
  try {
    const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.arrayBuffer();
    const target = `${PREFIX}${path === '' ? '' : `/${path}`}${request.nextUrl.search}`;
    const { answer, settle } = await callWithSession(request, target, body);
    if (answer === null) return settle(new NextResponse(null, { status: 307, headers: { location: `/login?next=${encodeURIComponent(PREFIX)}` } }));
    const content = answer.status === 204 || answer.status === 304 ? null : await readBody(answer);
    return settle(new NextResponse(content, { status: answer.status, headers: framable(answer.headers) }));
  } catch (error) {
    if (error instanceof UpstreamError) return failure(error.status, error.message);
    throw error;
  }
}

/** The board may stand in a frame of ours, which the API, knowing nothing of frames, forbids. */
function framable(upstream: Headers): Headers {
  const headers = new Headers({ 'cache-control': upstream.get('cache-control') ?? 'no-store', 'x-frame-options': 'SAMEORIGIN', 'x-content-type-options': 'nosniff' });
  for (const name of ANSWER_HEADERS) {
    const value = upstream.get(name);
    if (value !== null) headers.set(name, name === 'content-security-policy' ? value.replace(/frame-ancestors [^;]*/, "frame-ancestors 'self'") : value);
  }
  return headers;
}
