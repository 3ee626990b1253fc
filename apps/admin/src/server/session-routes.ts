/** Log in, log out, and who is logged in. */
import { NextResponse, type NextRequest } from 'next/server';
import * as z from 'zod';
import { clientHeaders } from './client-headers';
import { isForeignWrite } from './origin';
import { tokensOf } from './refresh';
import { clearTokens, isSecureRequest, storeTokens } from './session-cookies';
import { callApi, readBody, UpstreamError } from './upstream';
import { callWithSession, failure } from './with-session';
import { adminEnvironment } from './environment';

const credentials = z.object({ username: z.string().min(1).max(255), password: z.string().min(1).max(1024) });
const validation = z.object({ data: z.object({ user_id: z.string().nullable(), permissions: z.array(z.string()) }) });
const refusal = z.object({ error: z.object({ message: z.string() }) });

/** `{username, password}` -> 204 and the session's cookies; no token is in the body. */
export async function logIn(request: NextRequest): Promise<NextResponse> {
  return answering(request, async () => {
    const given = credentials.safeParse(await request.json().catch(() => null));
    if (!given.success) return failure(422, 'Enter a user name and a password');
    const headers = clientHeaders(request.headers);
    headers.set('content-type', 'application/json');
    const body = new TextEncoder().encode(JSON.stringify(given.data)).buffer;
    const answer = await callApi({ method: 'POST', path: '/api/auth/login', headers, body });
    const json: unknown = await jsonOf(answer);
    if (!answer.ok) return refused(answer, json);
    const response = new NextResponse(null, { status: 204 });
    storeTokens(response, tokensOf(json), isSecureRequest(request.headers));
    return response;
  });
}

/** Ends the login at the API, as far as it answers, and forgets it here in any case. */
export async function logOut(request: NextRequest): Promise<NextResponse> {
  return answering(request, async () => {
    // A token that has run out is renewed first: the API ends a session only for who proves to be in it.
    await callWithSession(request, '/api/auth/logout', null).catch(() => null);
    const response = new NextResponse(null, { status: 204 });
    clearTokens(response);
    return response;
  });
}

/** `{user, environmentLabel}`; 401 when nobody is logged in. */
export async function currentSession(request: NextRequest): Promise<NextResponse> {
  return answering(request, async () => {
    const { answer, settle } = await callWithSession(request, '/api/v1/scheduler/me', null);
    if (answer === null || answer.status === 401) return settle(failure(401, 'Not logged in'));
    const user: unknown = answer.status === 404 ? await validatedUser(request) : await jsonOf(answer);
    if (user === null || (!answer.ok && answer.status !== 404)) return settle(failure(502, 'The API does not say who is logged in'));
    return settle(NextResponse.json({ user, environmentLabel: adminEnvironment().environmentLabel }, { headers: { 'cache-control': 'no-store' } }));
  });
}

/** From an API of an earlier release, as one can meet during an upgrade: it knows names and permissions, no roles. */
async function validatedUser(request: NextRequest): Promise<unknown> {
  const { answer } = await callWithSession(request, '/api/auth/validate', null);
  const told = validation.safeParse(answer === null ? null : await jsonOf(answer));
  if (!told.success) return null;
  const { user_id: username, permissions } = told.data.data;
  return { id: username, username, email: null, role: null, permissions, authenticatedBy: 'token' };
}

async function answering(request: NextRequest, answer: () => Promise<NextResponse>): Promise<NextResponse> {
  if (isForeignWrite(request.method, request.headers)) return failure(403, 'Requests from another site are refused');
  try {
    return await answer();
  } catch (error) {
    if (error instanceof UpstreamError) return failure(error.status, error.message);
    throw error;
  }
}

async function jsonOf(answer: Response): Promise<unknown> {
  const text = new TextDecoder().decode(await readBody(answer));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function refused(answer: Response, json: unknown): NextResponse {
  const told = refusal.safeParse(json);
  const response = failure(answer.status, told.success ? told.data.error.message : `The API refused the login (${String(answer.status)})`);
  const retryAfter = answer.headers.get('retry-after');
  if (retryAfter !== null) response.headers.set('retry-after', retryAfter);
  return response;
}
