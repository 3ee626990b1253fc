/** The body of a browser's request, counted while it comes: nothing longer than its limit is ever held. */

/** As much as the API takes, bytes. */
export const BODY_LIMIT_BYTES = 1_048_576;

/** A user name and a password in JSON, with room to spare, bytes. */
export const LOGIN_LIMIT_BYTES = 16_384;

/** The body is not taken. `status` and `message` are what the browser is told. */
export class BodyRefused extends Error {
  constructor(
    readonly status: 400 | 413,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BodyRefused';
  }
}

type Incoming = Pick<Request, 'method' | 'headers' | 'body'>;

/**
 * Reads a body to its end. One that says how long it is, is refused before its first byte.
 *
 * @returns null for an empty one, and for methods that have none
 * @throws BodyRefused 413 as soon as the limit is passed, 400 when the browser breaks off
 */
export async function readRequestBody(request: Incoming, maxBytes: number): Promise<ArrayBuffer | null> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.body === null) return null;
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = request.body.getReader();
  try {
    const chunks = await chunksOf(reader, maxBytes);
    return chunks.length === 0 ? null : await new Blob(chunks).arrayBuffer();
  } finally {
    // Not cancelled: that would cut the connection before the answer is on it.
    reader.releaseLock();
  }
}

async function chunksOf(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>[]> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await next(reader);
    if (done) return chunks;
    bytes += value.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    if (value.byteLength > 0) chunks.push(value);
  }
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
  try {
    return await reader.read();
  } catch (error) {
    throw new BodyRefused(400, 'The request body broke off', { cause: error });
  }
}

function tooLarge(maxBytes: number): BodyRefused {
  return new BodyRefused(413, `The request body is larger than ${String(maxBytes)} bytes`);
}
