/** Log in, log out, and who is logged in. */
import { NextResponse, type NextRequest } from 'next/server';
import * as z from 'zod';
import { answering } from './answering';
import { failure, noBody, type BrowserSession } from './browser-session';
import { clientHeaders } from './client-headers';
import { tokensOf } from './refresh';
import { LOGIN_LIMIT_BYTES, readRequestBody } from './request-body';
import { isSecureRequest, storeTokens } from './session-cookies';
import { callApi, readBody } from './upstream';
import { adminEnvironment } from './environment';

const credentials = z.object({ username: z.string().min(1).max(255), password: z.string().min(1).max(1024) });
const validation = z.object({ data: z.object({ user_id: z.string().nullable(), permissions: z.array(z.string()) }) });
const refusal = z.object({ error: z.object({ message: z.string() }) });

/** `{username, password}` -> 204 and the session's cookies; no token is in the body. */
export async function logIn(request: NextRequest): Promise<NextResponse> {
  return answering(request, async () => {
    const given = credentials.safeParse(parsed(await readRequestBody(request, LOGIN_LIMIT_BYTES)));
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
  return answering(request, async (session) => {
    // A token that has run out is renewed first: the API ends a session only for who proves to be in it.
    await session.call('/api/auth/logout', noBody).catch(() => null);
    session.end();
    return new NextResponse(null, { status: 204 });
  });
}

/** `{user, environmentLabel, apiUrl}`, the last as the operator has set it for this process; 401 when nobody is logged in. */
export async function currentSession(request: NextRequest): Promise<NextResponse> {
  return answering(request, async (session) => {
    const answer = await session.call('/api/v1/scheduler/me', noBody);
    if (answer === null || answer.status === 401) return failure(401, 'Not logged in');
    const user: unknown = answer.status === 404 ? await validatedUser(session) : await jsonOf(answer);
    if (user === null || (!answer.ok && answer.status !== 404)) return failure(502, 'The API does not say who is logged in');
    const { environmentLabel, apiUrl } = adminEnvironment();
    return NextResponse.json({ user, environmentLabel, apiUrl }, { headers: { 'cache-control': 'no-store' } });
  });
}

/** From an API of an earlier release, as one can meet during an upgrade: it knows names and permissions, no roles. */
async function validatedUser(session: BrowserSession): Promise<unknown> {
  const answer = await session.call('/api/auth/validate', noBody);
  const told = validation.safeParse(answer === null ? null : await jsonOf(answer));
  if (!told.success) return null;
  const { user_id: username, permissions } = told.data.data;
  return { id: username, username, email: null, role: null, permissions, authenticatedBy: 'token' };
}

async function jsonOf(answer: Response): Promise<unknown> {
  return parsed(await readBody(answer));
}

/** Null for what is no JSON. */
function parsed(body: ArrayBuffer | null): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body ?? undefined)) as unknown;
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
