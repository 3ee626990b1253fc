/** The UI's proxy as a page of it would call it: with the session's cookies and the Origin of the page. */
import { LOGINS, type Login } from './logins.js';

export interface ProxyAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export class ProxyClient {
  #cookies = new Map<string, string>();

  constructor(private readonly url: string) {}

  /** Names and values of the cookies that it holds. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  async logIn(login: Login): Promise<ProxyAnswer> {
    return this.send('POST', '/api/session/login', { body: { username: login, password: LOGINS[login] } });
  }

  async call(method: string, path: string, body?: unknown): Promise<ProxyAnswer> {
    return this.send(method, `/api/setting/scheduler${path}`, body === undefined ? {} : { body });
  }

  async send(method: string, path: string, { body, headers = {} }: { body?: unknown; headers?: Readonly<Record<string, string>> } = {}): Promise<ProxyAnswer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.url,
        cookie: cookieOf(this),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : null };
  }
}

/** The `Cookie` header of a client. */
export function cookieOf({ cookies }: ProxyClient): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
