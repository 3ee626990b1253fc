import { PassThrough, Readable } from 'node:stream';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { KEPT_BYTES, READ_BYTES, readBody } from './response-body.js';

const FOR_EVER = new AbortController().signal;
const bodyOf = (...chunks: Buffer[]): Readable => Readable.from(chunks);
const bytesOf = (body: Buffer): Readable => Readable.from(Array.from(body, (byte) => Buffer.of(byte)));
const gzipped = (contentEncoding: string, signal = FOR_EVER): Parameters<typeof readBody>[1] => ({ contentEncoding, contentType: 'text/plain', signal });

describe('readBody', () => {
  it('takes several layers off', async () => {
    const body = gzipSync(gzipSync('grün'));
    expect(await readBody(bodyOf(body), gzipped('gzip, gzip'))).toEqual({ text: 'grün', truncated: false });
  });

  it.each(['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'gzip, br', 'deflate, gzip, br'])('takes nothing for nothing, and not for a broken "%s"', async (encoding) => {
    expect(await readBody(bodyOf(), gzipped(encoding))).toEqual({ text: '', truncated: false });
  });

  it.each([['with', deflateSync], ['without', deflateRawSync]] as const)('reads deflate %s the header of zlib, however it arrives', async (_, compress) => {
    for (const level of [0, 1, 9]) {
      const body = compress('grün'.repeat(20), { level });
      expect(await readBody(bytesOf(body), gzipped('deflate'))).toEqual({ text: 'grün'.repeat(20), truncated: false });
    }
    expect(await readBody(bodyOf(gzipSync(compress('grün'))), gzipped('deflate, gzip'))).toEqual({ text: 'grün', truncated: false });
  });

  it.each([
    ['gzip', gzipSync('grün')],
    ['deflate', deflateSync('grün')],
    ['deflate', deflateRawSync('grün')],
    ['br', brotliCompressSync('grün')],
  ])('fails on a %s that ends too early', async (encoding, body) => {
    await expect(readBody(bodyOf(body.subarray(0, -2)), gzipped(encoding))).rejects.toThrow('unexpected end of file');
  });

  it.each([['deflate', deflateSync], ['deflate', deflateRawSync], ['br', brotliCompressSync]] as const)('ends with the end of %s, whatever comes after it', async (encoding, compress) => {
    const rubbish = Array.from({ length: 20 }, () => Buffer.alloc(64 * 1024, 'x'));
    expect(await readBody(bodyOf(compress('grün'), ...rubbish), gzipped(encoding))).toEqual({ text: 'grün', truncated: false });
  });

  it('leaves an encoding that is not known as it is, with what lies under it', async () => {
    const under = gzipSync('grün');
    const unknown = 'new(grün)';
    expect(await readBody(bodyOf(Buffer.from(unknown)), gzipped('gzip, new'))).toEqual({ text: unknown, truncated: false });
    expect(await readBody(bodyOf(gzipSync(unknown)), gzipped('new, identity, gzip'))).toEqual({ text: unknown, truncated: false });
    expect(await readBody(bodyOf(Buffer.from(unknown)), gzipped('constructor'))).toEqual({ text: unknown, truncated: false });
    expect((await readBody(bodyOf(under), gzipped('new'))).text).toBe(new TextDecoder().decode(under).replaceAll('\0', '\uFFFD'));
  });

  it('closes the stream when there are too many encodings', async () => {
    const endless = new PassThrough();
    await expect(readBody(endless, gzipped('gzip, gzip, gzip, gzip'))).rejects.toThrow('too many encodings');
    expect(endless.destroyed).toBe(true);
  });

  it('keeps the beginning of what is too long', async () => {
    const { text, truncated } = await readBody(bodyOf(gzipSync(Buffer.alloc(READ_BYTES + 1, 'x'))), gzipped('gzip'));
    expect([text.length, truncated]).toEqual([KEPT_BYTES, true]);
  });

  it('stops at the limit of a deflate without header too', async () => {
    const endless = bodyOf(deflateRawSync(Buffer.alloc(4 * READ_BYTES, 'x')));
    const { text, truncated } = await readBody(endless, gzipped('deflate'));
    expect([text.length, truncated, endless.destroyed]).toEqual([KEPT_BYTES, true, true]);
  });

  it('counts the layers in between: a huge one that holds nothing is not read to its end', async () => {
    const nothing = gzipSync('');
    const huge = Buffer.alloc(nothing.length * 600_000, nothing);
    expect(await readBody(bodyOf(gzipSync(huge)), gzipped('gzip, gzip'))).toEqual({ text: '', truncated: true });
  });

  const BEGINNING = gzipSync(gzipSync('the beginning')).subarray(0, 30);

  it.each([
    ['', BEGINNING],
    ['gzip', BEGINNING],
    ['gzip, gzip', BEGINNING],
    ['gzip, gzip', null],
    ['deflate', deflateRawSync('the beginning').subarray(0, 10)],
  ])('gives up when the deadline passes while it decompresses "%s"', async (encoding, beginning) => {
    const deadline = new AbortController();
    const endless = new PassThrough();
    const reading = readBody(endless, gzipped(encoding, deadline.signal));
    if (beginning !== null) endless.write(beginning);
    deadline.abort(new Error('the time is over'));
    await expect(reading).rejects.toThrow('the time is over');
    expect(endless.destroyed).toBe(true);
  });

  it('does not begin after the deadline', async () => {
    await expect(readBody(bodyOf(gzipSync('late')), gzipped('gzip', AbortSignal.abort(new Error('the time is over'))))).rejects.toThrow('the time is over');
  });
});
