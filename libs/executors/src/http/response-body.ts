/**
 * Reads a response without trusting its length, its encoding or its end. Encodings may lie in one another, and a small
 * layer may hold a huge one that in turn holds nothing, so that what every layer yields is counted, and decompression goes
 * on under the deadline of the exchange.
 */
import { addAbortSignal, pipeline, type Readable, Transform } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** Kept of a response, bytes after decompression. */
export const KEPT_BYTES = 1024 * 1024;
/** Read of a response at most, bytes of all layers together; then the connection is closed. */
export const READ_BYTES = 10 * 1024 * 1024;

const MAX_ENCODINGS = 3;

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

export interface ReadBody {
  readonly text: string;
  /** Whether there was more than `text` holds. */
  readonly truncated: boolean;
}

/**
 * Reads up to 10 MiB, all layers of compression counted, and keeps the first 1 MiB of the text. NUL becomes U+FFFD.
 * @param contentEncoding header of that name; an unknown encoding is left as it is
 * @throws when the stream breaks or is not what its encoding says, and the signal's reason when that aborts
 */
export async function readBody(
  stream: Readable,
  how: { readonly contentEncoding: string; readonly contentType: string; readonly signal: AbortSignal },
): Promise<ReadBody> {
  const kept: Buffer[] = [];
  let read = 0;
  const budget = new Budget(() => source.destroy());
  const source = addAbortSignal(how.signal, decoded(stream, how.contentEncoding, budget));
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (read < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - read));
      read += chunk.length;
    }
  } catch (error) {
    how.signal.throwIfAborted();
    if (!budget.isSpent) throw error;
  } finally {
    stream.destroy();
  }
  const truncated = read > KEPT_BYTES || budget.isSpent;
  const text = decoderFor(how.contentType).decode(Buffer.concat(kept), { stream: truncated });
  return { text: text.replaceAll('\0', '\uFFFD'), truncated };
}

/** What all layers may yield together. */
class Budget {
  private leftBytes = READ_BYTES;

  constructor(private readonly onSpent: () => void) {}

  get isSpent(): boolean {
    return this.leftBytes < 0;
  }

  /** A stream that counts what passes, and lets nothing pass any more when it was too much. */
  meter(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _, done) => {
        this.leftBytes -= chunk.length;
        if (!this.isSpent) done(null, chunk);
        else this.onSpent();
      },
    });
  }
}

function decoded(stream: Readable, contentEncoding: string, budget: Budget): Readable {
  const names = contentEncoding.toLowerCase().split(',').map((name) => name.trim());
  const decoders = names.filter((name) => name !== '' && name !== 'identity').map((name) => DECODERS[name]);
  if (decoders.length > MAX_ENCODINGS) throw new Error('the response has too many encodings');
  // The error arrives at whoever reads the last stream; the callback is there because pipeline demands one.
  const metered = (source: Readable): Readable => pipeline(source, budget.meter(), () => undefined);
  return decoders.reduceRight<Readable>((source, create) => {
    return create === undefined ? source : metered(pipeline(source, create(), () => undefined));
  }, metered(stream));
}

function decoderFor(contentType: string): TextDecoder {
  const charset = /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
