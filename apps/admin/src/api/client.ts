/** The browser's way to the API: the proxy routes of this UI. Tokens are in cookies that no script can read. */
const BASE = '/api/setting/scheduler';

export interface Violation {
  loc: (string | number)[];
  msg: string;
  type: string;
}

/** An answer that is no 2xx, or none at all (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Of a 422: what is wrong with which member. */
    readonly violations: readonly Violation[] = [],
    readonly requestId: string | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export type QueryValue = string | number | boolean | null | undefined;

/** `jobs` + `{page: 2, q: ''}` → `/api/setting/scheduler/jobs?page=2`. Null, undefined and '' are left out. */
export function apiUrl(path: string, query: object = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, QueryValue][]) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `${BASE}/${path}${text === '' ? '' : `?${text}`}`;
}

export interface CallOptions {
  readonly query?: object;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly headers?: Record<string, string>;
}

export interface Answer<Data> {
  readonly data: Data;
  readonly etag: string | null;
}

/** @param path below `/api/v1/scheduler`, without a slash at the start @throws ApiError */
export async function call<Data>(method: string, path: string, options: CallOptions = {}): Promise<Data> {
  return (await callForAnswer<Data>(method, path, options)).data;
}

/** The same, with the entity tag for a later `If-Match`. @throws ApiError */
export async function callForAnswer<Data>(method: string, path: string, options: CallOptions = {}): Promise<Answer<Data>> {
  const response = await send(method, apiUrl(path, options.query), options);
  const text = await response.text();
  const json = text === '' ? null : parsed(text);
  if (!response.ok) throw toError(response, json);
  return { data: json as Data, etag: response.headers.get('etag') };
}

export function get<Data>(path: string, query?: object, signal?: AbortSignal): Promise<Data> {
  return call<Data>('GET', path, { ...(query === undefined ? {} : { query }), ...(signal === undefined ? {} : { signal }) });
}

/** Own routes of the UI, e.g. the session's. @throws ApiError */
export async function callOwn<Data>(method: string, url: string, body?: unknown): Promise<Data> {
  const response = await send(method, url, { body });
  const text = await response.text();
  const json = text === '' ? null : parsed(text);
  if (!response.ok) throw toError(response, json);
  return json as Data;
}

async function send(method: string, url: string, { body, signal, headers }: CallOptions): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiError(0, 'Takt cannot be reached. Check the network, or whether it is running.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** `{detail: "…"}`, or of a 422 `{detail: [{loc, msg, type}]}`. */
export function toError(response: Pick<Response, 'status' | 'headers'>, json: unknown): ApiError {
  const detail = typeof json === 'object' && json !== null && 'detail' in json ? json.detail : null;
  const requestId = response.headers.get('x-request-id');
  if (Array.isArray(detail)) {
    const violations = detail as Violation[];
    const message = violations.map(({ loc, msg }) => `${loc.filter((part) => part !== 'body' && part !== 'query').join('.')}: ${msg}`).join('; ');
    return new ApiError(response.status, message, violations, requestId);
  }
  const message = typeof detail === 'string' ? detail : `The server answered ${String(response.status)}`;
  return new ApiError(response.status, message, [], requestId);
}
