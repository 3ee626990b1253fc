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
 * @throws UpstreamError when the API does not answer
 */
export async function callWithSession(request: NextRequest, path: string, body: ArrayBuffer | null): Promise<SessionCall> {
  const headers = clientHeaders(request.headers);
  let access = request.cookies.get(ACCESS_COOKIE)?.value ?? null;
  const refresh = request.cookies.get(REFRESH_COOKIE)?.value ?? null;
  let renewed: Tokens | null = null;
  const renew = async (): Promise<boolean> => {
    renewed = refresh === null ? null : await renewTokens(refresh, clientHeaders(request.headers));
    access = renewed?.access ?? null;
    return renewed !== null;
  };
  const settle = (response: NextResponse): NextResponse => {
    if (renewed !== null) storeTokens(response, renewed, isSecureRequest(request.headers));
    else if (access === null) clearTokens(response);
    return response;
  };
  const send = () => {
    headers.set('authorization', `Bearer ${access ?? ''}`);
    return callApi({ method: request.method, path, headers, body, signal: request.signal });
  };

  if ((access === null || !isFresh(access, Date.now())) && !(await renew())) return { answer: null, settle };
  const first = await send();
  if (first.status !== 401 || renewed !== null) return { answer: first, settle };
  await first.body?.cancel();
  return (await renew()) ? { answer: await send(), settle } : { answer: null, settle };
}

/** `{detail}`, as the API answers. */
export function failure(status: number, detail: string): NextResponse {
  return NextResponse.json({ detail }, { status, headers: { 'cache-control': 'no-store' } });
}
