/** Reads a response without trusting its length, its encoding or its end. */
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** Kept of a response, bytes after decompression. */
export const KEPT_BYTES = 1024 * 1024;
/** Read of a response at most, bytes after decompression; then the connection is closed. */
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
 * Reads up to 10 MiB and keeps the first 1 MiB, counted after decompression. NUL becomes U+FFFD.
 * @param contentEncoding header of that name; an unknown encoding is left as it is
 * @throws when the stream breaks or is not what its encoding says
 */
export async function readBody(
  stream: Readable,
  { contentEncoding, contentType }: { readonly contentEncoding: string; readonly contentType: string },
): Promise<ReadBody> {
  const source = decoded(stream, contentEncoding);
  const kept: Buffer[] = [];
  let read = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (read < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - read));
      read += chunk.length;
      if (read > READ_BYTES) break;
    }
  } finally {
    stream.destroy();
  }
  const text = decoderFor(contentType).decode(Buffer.concat(kept), { stream: read > KEPT_BYTES });
  return { text: text.replaceAll('\0', '\uFFFD'), truncated: read > KEPT_BYTES };
}

function decoded(stream: Readable, contentEncoding: string): Readable {
  const names = contentEncoding.toLowerCase().split(',').map((name) => name.trim());
  const decoders = names.filter((name) => name !== '' && name !== 'identity').map((name) => DECODERS[name]);
  if (decoders.length > MAX_ENCODINGS) throw new Error('the response has too many encodings');
  return decoders.reduceRight<Readable>((source, create) => {
    // The error arrives at whoever reads the last stream; the callback is there because pipeline demands one.
    return create === undefined ? source : pipeline(source, create(), () => undefined);
  }, stream);
}

function decoderFor(contentType: string): TextDecoder {
  const charset = /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
