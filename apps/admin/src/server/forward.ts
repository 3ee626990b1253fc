/**
 * The proxy of document 001: a fixed map of routes to the API, status and body passed on unchanged. A route file is
 *
 *   export const { GET, POST, PUT, PATCH, DELETE } = forward('jobs/:id', 'GET', 'PUT', 'DELETE');
 *
 * What the route has no method for is answered 405.
 */
import { NextResponse, type NextRequest } from 'next/server';
import { answering } from './answering';
import { failure } from './browser-session';
import { answerHeaders } from './client-headers';
import { methodRefusal, type Method } from './method-refusal';
import { BODY_LIMIT_BYTES, readRequestBody } from './request-body';
import { readBody } from './upstream';

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<NextResponse>;

const NO_BODY = new Set([204, 205, 304]);

/** @param template below `/api/v1/scheduler`; `:id` is the route's parameter */
export function forward(template: string, ...methods: Method[]): Record<Method, Handler> {
  return handlers(template, methods, wholeAnswer);
}

/** The same for answers that are read while they grow: exports, downloads, server-sent events. */
export function stream(template: string): Record<Method, Handler> {
  return handlers(template, ['GET'], flowingAnswer);
}

function handlers(template: string, methods: readonly Method[], answer: Answer): Record<Method, Handler> {
  const refuse = methodRefusal(methods);
  const handler: Handler = async (request, { params }) => {
    const path = fillIn(template, await params);
    if (path === null) return failure(404, 'Not found');
    return passOn(request, `/api/v1/scheduler/${path}${request.nextUrl.search}`, answer);
  };
  const of = (method: Method): Handler => (methods.includes(method) ? handler : () => Promise.resolve(refuse()));
  return { GET: of('GET'), POST: of('POST'), PUT: of('PUT'), PATCH: of('PATCH'), DELETE: of('DELETE') };
}

/** @param path of the API with the query */
async function passOn(request: NextRequest, path: string, answer: Answer): Promise<NextResponse> {
  return answering(request, async (session) => {
    const upstream = await session.call(path, () => readRequestBody(request, BODY_LIMIT_BYTES));
    return upstream === null ? failure(401, 'Not logged in') : answer(upstream);
  });
}

type Answer = (upstream: Response) => Promise<NextResponse>;

const wholeAnswer: Answer = async (upstream) => {
  const headers = answerHeaders(upstream.headers);
  if (NO_BODY.has(upstream.status)) return new NextResponse(null, { status: upstream.status, headers });
  return new NextResponse(await readBody(upstream), { status: upstream.status, headers });
};

/** Nothing on the way may hold bytes back, and compression would. */
const flowingAnswer: Answer = (upstream) => {
  const headers = answerHeaders(upstream.headers);
  headers.set('cache-control', 'no-cache, no-store, no-transform');
  headers.set('content-encoding', 'none');
  headers.set('x-accel-buffering', 'no');
  return Promise.resolve(new NextResponse(upstream.body, { status: upstream.status, headers }));
};

/** Parameters are single segments: they cannot lead out of the route. Null for one that would. */
function fillIn(template: string, params: Record<string, string>): string | null {
  const segments = template.split('/').map((segment) => (segment.startsWith(':') ? (params[segment.slice(1)] ?? '') : segment));
  return segments.some((segment) => ['', '.', '..'].includes(segment)) ? null : segments.map(encodeURIComponent).join('/');
}
