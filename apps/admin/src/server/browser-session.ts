/** One browser's request under its session, renewed silently when its token has run out. */
import { NextResponse, type NextRequest } from 'next/server';
import { clientHeaders } from './client-headers';
import { renewTokens } from './refresh';
import { ACCESS_COOKIE, clearTokens, isSecureRequest, REFRESH_COOKIE, storeTokens } from './session-cookies';
import { isFresh, type Tokens } from './tokens';
import { callApi } from './upstream';

/** Made by `answering`, which settles it with every answer. */
export class BrowserSession {
  #access: string | null;
  #renewed: Tokens | null = null;
  #isOver = false;

  constructor(private readonly request: NextRequest) {
    this.#access = request.cookies.get(ACCESS_COOKIE)?.value ?? null;
  }

  /**
   * One request to the API.
   *
   * @param path of the API with the query
   * @param readBody gives the body to send; not asked while no token looks good, so that nobody without one is listened to. Whether
   *   one that looks good is, the API says, after the body has been read up to its limit
   * @returns the API's answer; null when there is no session (any more)
   * @throws UpstreamError when the API does not answer, and whatever `readBody` throws
   */
  async call(path: string, readBody: () => Promise<ArrayBuffer | null>): Promise<Response | null> {
    const isUsable = this.#access !== null && isFresh(this.#access, Date.now());
    if (!isUsable && !(await this.#renew())) return null;
    const body = await readBody();
    const first = await this.#send(path, body);
    if (first.status !== 401 || this.#renewed !== null) return first;
    await first.body?.cancel();
    return (await this.#renew()) ? this.#send(path, body) : null;
  }

  /** The browser is to forget it, whatever the API says. */
  end(): void {
    this.#isOver = true;
  }

  /**
   * Puts what became of the session into an answer to the browser: a refusal, too, since the refresh token that the browser has is
   * spent by a renewal.
   */
  settle(response: NextResponse): NextResponse {
    if (this.#isOver) clearTokens(response);
    else if (this.#renewed !== null) storeTokens(response, this.#renewed, isSecureRequest(this.request.headers));
    return response;
  }

  async #renew(): Promise<boolean> {
    const refresh = this.request.cookies.get(REFRESH_COOKIE)?.value ?? null;
    this.#renewed = refresh === null ? null : await renewTokens(refresh, clientHeaders(this.request.headers));
    this.#access = this.#renewed?.access ?? null;
    this.#isOver = this.#renewed === null;
    return this.#renewed !== null;
  }

  #send(path: string, body: ArrayBuffer | null): Promise<Response> {
    const headers = clientHeaders(this.request.headers);
    headers.set('authorization', `Bearer ${this.#access ?? ''}`);
    return callApi({ method: this.request.method, path, headers, body, signal: this.request.signal });
  }
}

/** For routes whose requests say all they have to say in the address. */
export const noBody = (): Promise<null> => Promise.resolve(null);

/** `{detail}`, as the API answers. */
export function failure(status: number, detail: string): NextResponse {
  return NextResponse.json({ detail }, { status, headers: { 'cache-control': 'no-store' } });
}
