/** One request with all its redirects, each hop judged by the policy before it is made. */
import type { Agent, Dispatcher } from 'undici';
import { assertTargetAllowed, EgressBlocked } from './egress-agent.js';
import type { EgressPolicy } from './egress-policy.js';
import { decideRedirect, type Hop } from './redirect.js';
import { readBody, type ReadBody } from './response-body.js';

const MAX_REDIRECTS = 5;
/** Read of a redirect's own body, so that its connection can be used again. */
const DUMPED_BYTES = 64 * 1024;

/** The server sends the request round in circles, at least further than we go, or to where nobody can go. */
export class BadRedirect extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadRedirect';
  }
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReadBody;
}

export interface ExchangeOptions {
  readonly agent: Agent;
  readonly policy: EgressPolicy;
  readonly followRedirects: boolean;
  readonly signal: AbortSignal;
  /** Told of each response, for the log. */
  readonly onHop: (hop: Hop, status: number) => void;
}

/**
 * Sends a request and follows its redirects, at most five.
 * @throws EgressBlocked, BadRedirect, and whatever the connection fails with
 */
export async function exchange(first: Hop, options: ExchangeOptions): Promise<HttpResponse> {
  let hop = first;
  for (let redirects = 0; ; redirects += 1) {
    assertTargetAllowed(hop.url, options.policy);
    const response = await send(hop, options);
    const { statusCode: status } = response;
    options.onHop(hop, status);
    const headers = flatHeaders(response.headers);
    const decision = options.followRedirects ? decideRedirect(hop, status, headers['location'] ?? null) : FINAL;
    if (decision.kind === 'final') return { status, headers, body: await bodyOf(hop, response, headers, options.signal) };
    await response.body.dump({ limit: DUMPED_BYTES, signal: options.signal });
    if (decision.kind === 'unreadable') throw new BadRedirect(`HTTP ${String(status)} redirects to something that is not a URL`);
    if (decision.kind === 'refuse') throw new EgressBlocked(decision.reason);
    if (redirects === MAX_REDIRECTS) throw new BadRedirect(`more than ${String(MAX_REDIRECTS)} redirects`);
    hop = decision.next;
  }
}

const FINAL = { kind: 'final' } as const;

/** Their headers may tell of the body that another request would get: its length would be missed, its encoding not found. */
const WITHOUT_BODY = new Set([204, 304]);

async function bodyOf(
  hop: Hop,
  { statusCode, body }: Dispatcher.ResponseData,
  headers: HttpResponse['headers'],
  signal: AbortSignal,
): Promise<ReadBody> {
  if (hop.method !== 'HEAD' && !WITHOUT_BODY.has(statusCode)) {
    return readBody(body, { contentEncoding: headers['content-encoding'] ?? '', contentType: headers['content-type'] ?? '', signal });
  }
  await body.dump({ limit: DUMPED_BYTES, signal });
  return { text: '', truncated: false };
}

async function send(hop: Hop, { agent, signal }: ExchangeOptions): Promise<Dispatcher.ResponseData> {
  return agent.request({
    origin: hop.url.origin,
    path: `${hop.url.pathname}${hop.url.search}`,
    method: hop.method,
    headers: hop.headers,
    body: hop.body,
    signal,
    // The signal is the limit of the whole exchange; the agent's own limits would cut a slow but allowed answer.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function flatHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
