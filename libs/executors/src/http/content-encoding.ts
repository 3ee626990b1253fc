/**
 * Takes the layers of a `Content-Encoding` off as servers really put them on. An answer without a body (304, an empty file)
 * often names the encoding that a body would have had, and many servers send `deflate` without the zlib header that
 * RFC 9110 section 8.4.1.2 asks for. So a layer is begun with the first byte that comes, and without any byte not at all.
 */
import { Duplex, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

const MAX_ENCODINGS = 3;

type Begin = (firstByte: number) => Transform;

const DECODERS: ReadonlyMap<string, Begin> = new Map<string, Begin>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', (firstByte) => (beginsZlibHeader(firstByte) ? createInflate() : createInflateRaw())],
  ['br', () => createBrotliDecompress()],
]);

/**
 * Streams that take the layers off, the outermost first. An encoding that is not known ends the list: what lies under it
 * cannot be reached.
 * @throws when there are more than three layers
 */
export function decodersOf(contentEncoding: string): readonly Duplex[] {
  const names = contentEncoding.toLowerCase().split(',').map((name) => name.trim());
  const outermostFirst = names.filter((name) => name !== '' && name !== 'identity').reverse();
  if (outermostFirst.length > MAX_ENCODINGS) throw new Error('the response has too many encodings');
  const decoders: Duplex[] = [];
  for (const name of outermostFirst) {
    const begin = DECODERS.get(name);
    if (begin === undefined) break;
    decoders.push(new LateDecoder(begin));
  }
  return decoders;
}

/** The method 8 in the lower half (RFC 1950); without a header no encoder writes such a first byte (RFC 1951). */
function beginsZlibHeader(byte: number): boolean {
  return (byte & 0x0f) === 8;
}

/** A decoder that the first byte chooses. Nothing decodes to nothing. */
class LateDecoder extends Duplex {
  private decoder: Transform | null = null;

  constructor(private readonly begin: Begin) {
    super();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    const [firstByte] = chunk;
    if (this.decoder === null && firstByte !== undefined) this.decoder = this.started(firstByte);
    if (this.decoder === null || this.decoder.write(chunk)) done();
    else this.decoder.once('drain', done);
  }

  override _final(done: () => void): void {
    if (this.decoder === null) this.push(null);
    else this.decoder.end();
    done();
  }

  override _read(): void {
    this.decoder?.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.decoder?.destroy();
    done(error);
  }

  private started(firstByte: number): Transform {
    const decoder = this.begin(firstByte);
    decoder.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) decoder.pause();
    });
    decoder.once('end', () => this.push(null));
    decoder.once('error', (error) => this.destroy(error));
    return decoder;
  }
}
