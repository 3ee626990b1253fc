/** One request to the API under the browser's session, renewed silently when its token has run out. */
import { NextResponse, type NextRequest } from 'next/server';
import { clientHeaders } from './client-headers';
import { renewTokens } from './refresh';
import { ACCESS_COOKIE, clearTokens, isSecureRequest, REFRESH_COOKIE, storeTokens } from './session-cookies';
import { isFresh, type Tokens } from './tokens';
import { callApi } from './upstream';

export interface SessionCall {
  /** The API's answer; null when there is no session (any more). */
  readonly answer: Response | null;
  /** Puts what became of the session into the answer to the browser. */
  readonly settle: (response: NextResponse) => NextResponse;
}

/**
 * @param path of the API with the query
 * @param readBody gives the body to send; not asked while no token looks good, so that nobody without one is listened to. Whether
 *   one that looks good is, the API says, after the body has been read up to its limit
 * @throws UpstreamError when the API does not answer, and whatever `readBody` throws
 */
export async function callWithSession(request: NextRequest, path: string, readBody: () => Promise<ArrayBuffer | null>): Promise<SessionCall> {
  const headers = clientHeaders(request.headers);
  const refresh = request.cookies.get(REFRESH_COOKIE)?.value ?? null;
  const session: { access: string | null; renewed: Tokens | null } = { access: request.cookies.get(ACCESS_COOKIE)?.value ?? null, renewed: null };
  const renew = async (): Promise<boolean> => {
    session.renewed = refresh === null ? null : await renewTokens(refresh, clientHeaders(request.headers));
    session.access = session.renewed?.access ?? null;
    return session.renewed !== null;
  };
  const settle = (response: NextResponse): NextResponse => {
    if (session.renewed !== null) storeTokens(response, session.renewed, isSecureRequest(request.headers));
    else if (session.access === null) clearTokens(response);
    return response;
  };
  const send = (body: ArrayBuffer | null) => {
    headers.set('authorization', `Bearer ${session.access ?? ''}`);
    return callApi({ method: request.method, path, headers, body, signal: request.signal });
  };

  const isUsable = session.access !== null && isFresh(session.access, Date.now());
  if (!isUsable && !(await renew())) return { answer: null, settle };
  const body = await readBody();
  const first = await send(body);
  if (first.status !== 401 || !isUsable) return { answer: first, settle };
  await first.body?.cancel();
  return (await renew()) ? { answer: await send(body), settle } : { answer: null, settle };
}

/** For routes whose requests say all they have to say in the address. */
export const noBody = (): Promise<null> => Promise.resolve(null);

/** `{detail}`, as the API answers. */
export function failure(status: number, detail: string): NextResponse {
  return NextResponse.json({ detail }, { status, headers: { 'cache-control': 'no-store' } });
}
