/** Calls to the API: always with a deadline, and with failures that can be answered. */
import { adminEnvironment } from './environment';

export const DEADLINE_MS = 10_000;

/** The API did not answer. `status` and `message` are what the browser is told. */
export class UpstreamError extends Error {
  constructor(
    readonly status: 502 | 503 | 504,
    message: string,
  ) {
    super(message);
    this.name = 'UpstreamError';
  }
}

export interface UpstreamRequest {
  readonly method: string;
  /** From the root of the API, with the query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body?: ArrayBuffer | null;
  /** Ends the call when the browser leaves. */
  readonly signal?: AbortSignal;
}

/**
 * Sends one request. The deadline covers the wait for the head of the answer; `readBody` has its own.
 * @throws UpstreamError 504 after the deadline, 502 when the API cannot be reached
 */
export async function callApi(request: UpstreamRequest): Promise<Response> {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort();
  }, DEADLINE_MS);
  const signals = request.signal === undefined ? [deadline.signal] : [deadline.signal, request.signal];
  try {
    return await fetch(`${adminEnvironment().apiUrl}${request.path}`, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: AbortSignal.any(signals),
      redirect: 'manual',
      cache: 'no-store',
    });
  } catch {
    throw deadline.signal.aborted ? tooSlow() : new UpstreamError(502, 'The API cannot be reached');
  } finally {
    clearTimeout(timer);
  }
}

/** The whole body, within the deadline. @throws UpstreamError */
export async function readBody(response: Response): Promise<ArrayBuffer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(tooSlow());
    }, DEADLINE_MS);
  });
  try {
    return await Promise.race([response.arrayBuffer(), late]);
  } catch (error) {
    throw error instanceof UpstreamError ? error : new UpstreamError(502, 'The API broke off its answer');
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(): UpstreamError {
  return new UpstreamError(504, `The API did not answer within ${String(DEADLINE_MS / 1_000)} s`);
}
