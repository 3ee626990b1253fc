/**
 * Reads a response without trusting its length, its encoding or its end. Encodings may lie in one another, and a small
 * layer may hold a huge one that in turn holds nothing, so that what every layer yields is counted, and decompression goes
 * on under the deadline of the exchange.
 */
import { addAbortSignal, pipeline, type Readable, Transform } from 'node:stream';
import { TextDecoder } from 'node:util';
import { decodersOf } from './content-encoding.js';

/** Kept of a response, bytes after decompression. */
export const KEPT_BYTES = 1024 * 1024;
/** Read of a response at most, bytes of all layers together; then the connection is closed. */
export const READ_BYTES = 10 * 1024 * 1024;

export interface ReadBody {
  readonly text: string;
  /** Whether there was more than `text` holds. */
  readonly truncated: boolean;
}

/**
 * Reads up to 10 MiB, all layers of compression counted, and keeps the first 1 MiB of the text. NUL becomes U+FFFD.
 * @param contentEncoding header of that name; an unknown encoding is left as it is, with all that lies under it
 * @throws when the stream breaks or is not what its encoding says, and the signal's reason when that aborts
 */
export async function readBody(
  stream: Readable,
  how: { readonly contentEncoding: string; readonly contentType: string; readonly signal: AbortSignal },
): Promise<ReadBody> {
  const kept: Buffer[] = [];
  let read = 0;
  let source = stream;
  const budget = new Budget(() => source.destroy());
  try {
    source = addAbortSignal(how.signal, decoded(stream, how.contentEncoding, budget));
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
  // The error arrives at whoever reads the last stream; the callback is there because pipeline demands one.
  const metered = (source: Readable): Readable => pipeline(source, budget.meter(), () => undefined);
  const decoders = decodersOf(contentEncoding);
  return decoders.reduce<Readable>((source, decoder) => metered(pipeline(source, decoder, () => undefined)), metered(stream));
}

function decoderFor(contentType: string): TextDecoder {
  const charset = /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
