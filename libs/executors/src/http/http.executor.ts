import type { z } from 'zod';
import type { Agent } from 'undici';
import { Executor, type RunContext } from '#application/running/executor.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { parseParameters } from '../parameters/parse-parameters.js';
import { noteUnknown, refused } from '../parameters/refusal.js';
import { stopOutcome } from '../stop-outcome.js';
import { createEgressAgent, EgressBlocked, type Resolve } from './egress-agent.js';
import { EgressPolicy, type EgressPolicyOptions } from './egress-policy.js';
import { BadRedirect, exchange, type HttpResponse } from './http-exchange.js';
import { httpParameters } from './http-parameters.js';
import type { Hop } from './redirect.js';

export interface HttpExecutorOptions {
  /** Which addresses jobs may connect to. */
  readonly egress: EgressPolicyOptions;
  /** Version of Takt, for the `User-Agent`. */
  readonly version: string;
  /** How names are resolved. @default as the operating system does */
  readonly resolve?: Resolve;
}

type Parameters = z.output<typeof httpParameters>;

/** Response headers that a result keeps. Cookies are not among them. */
const KEPT_HEADERS = [
  'content-type',
  'content-length',
  'content-encoding',
  'date',
  'etag',
  'last-modified',
  'location',
  'retry-after',
  'server',
  'x-request-id',
] as const;

/** Statuses below 500 that may be different next time: request timeout, too early, too many requests. */
const RETRYABLE_STATUSES = new Set([408, 425, 429]);

/**
 * Sends HTTP requests: task function `http`. A final 2xx or 3xx succeeds; anything else fails as `HTTP <status>`. The result
 * is `{ status, headers, body, truncated, durationMs }`, the body as text, at most 1 MiB of it.
 */
export class HttpExecutor extends Executor {
  readonly taskFunctions = ['http'] as const;
  private readonly policy: EgressPolicy;
  private readonly agent: Agent;

  /** @throws when the egress options hold a range that cannot be read */
  constructor(private readonly options: HttpExecutorOptions) {
    super();
    this.policy = new EgressPolicy(options.egress);
    this.agent = createEgressAgent(this.policy, options.resolve);
  }

  async run(context: RunContext): Promise<AttemptOutcome> {
    const parsed = parseParameters(httpParameters, context.args);
    if (!parsed.ok) return refused(parsed.message);
    noteUnknown(context, parsed.unknown);
    const timeoutMs = Math.min(parsed.value.timeoutMs ?? Infinity, context.timeoutMs);
    const timeout = AbortSignal.timeout(timeoutMs);
    const startedAtMs = performance.now();
    try {
      const response = await exchange(this.firstHop(parsed.value, context), {
        agent: this.agent,
        policy: this.policy,
        followRedirects: parsed.value.followRedirects,
        signal: AbortSignal.any([context.signal, timeout]),
        onHop: (hop, status) => {
          logHop(context, hop, status);
        },
      });
      return outcomeOf(response, Math.round(performance.now() - startedAtMs));
    } catch (error) {
      if (context.isStopped()) return stopOutcome(context);
      if (timeout.aborted) return { kind: 'timed-out', error: `timed out after ${String(timeoutMs)} ms` };
      return outcomeOfError(error);
    }
  }

  /** Cuts all connections. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private firstHop(parameters: Parameters, context: RunContext): Hop {
    const url = new URL(parameters.url);
    const given = Object.entries(parameters.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
    const headers: Record<string, string> = {
      'user-agent': `Takt/${this.options.version}`,
      'idempotency-key': context.fireKey,
      accept: '*/*',
      // A part of something compressed cannot be decompressed, so that a range is asked of the plain bytes, as browsers do.
      'accept-encoding': given.some(([name]) => name === 'range') ? 'identity' : 'gzip, deflate, br',
      ...(parameters.body?.isJson === true ? { 'content-type': 'application/json' } : {}),
      ...(url.username === '' && url.password === '' ? {} : { authorization: basicCredentials(url) }),
      ...Object.fromEntries(given),
    };
    url.username = '';
    url.password = '';
    return { url, method: parameters.method, headers, body: parameters.body?.text ?? null };
  }
}

function outcomeOf({ status, headers, body }: HttpResponse, durationMs: number): AttemptOutcome {
  const kept = KEPT_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  const result: JsonObject = {
    status,
    headers: Object.fromEntries(kept),
    body: body.text,
    truncated: body.truncated,
    durationMs,
  };
  if (status >= 200 && status < 400) return { kind: 'succeeded', result };
  const retryable = status >= 500 || RETRYABLE_STATUSES.has(status);
  return { kind: 'failed', error: `HTTP ${String(status)}`, result, retryable };
}

function outcomeOfError(error: unknown): AttemptOutcome {
  const blocked = causes(error).find((cause) => cause instanceof EgressBlocked);
  if (blocked !== undefined) return refused(blocked.message);
  if (error instanceof BadRedirect) return refused(error.message);
  const { code, message } = error as NodeJS.ErrnoException;
  return { kind: 'failed', error: code === undefined || message.includes(code) ? message : `${code}: ${message}`, retryable: true };
}

/** The error, what caused it, and the parts of an aggregate. */
function causes(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const parts = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [error, ...[error.cause, ...parts].flatMap(causes)];
}

/** Queries may hold secrets, so the log names only the place. */
function logHop(context: RunContext, { method, url }: Hop, status: number): void {
  context.log.write({ stream: 'system', text: `${method} ${url.origin}${url.pathname} → ${String(status)}\n` });
}

function basicCredentials(url: URL): string {
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
