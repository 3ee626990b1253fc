import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { KEPT_BYTES, READ_BYTES, readBody } from './response-body.js';

const FOR_EVER = new AbortController().signal;
const bodyOf = (...chunks: Buffer[]): Readable => Readable.from(chunks);
const gzipped = (contentEncoding: string, signal = FOR_EVER): Parameters<typeof readBody>[1] => ({ contentEncoding, contentType: 'text/plain', signal });

describe('readBody', () => {
  it('takes several layers off', async () => {
    const body = gzipSync(gzipSync('grün'));
    expect(await readBody(bodyOf(body), gzipped('gzip, gzip'))).toEqual({ text: 'grün', truncated: false });
  });

  it('keeps the beginning of what is too long', async () => {
    const { text, truncated } = await readBody(bodyOf(gzipSync(Buffer.alloc(READ_BYTES + 1, 'x'))), gzipped('gzip'));
    expect([text.length, truncated]).toEqual([KEPT_BYTES, true]);
  });

  it('counts the layers in between: a huge one that holds nothing is not read to its end', async () => {
    const nothing = gzipSync('');
    const huge = Buffer.alloc(nothing.length * 600_000, nothing);
    expect(await readBody(bodyOf(gzipSync(huge)), gzipped('gzip, gzip'))).toEqual({ text: '', truncated: true });
  });

  it.each(['', 'gzip', 'gzip, gzip'])('gives up when the deadline passes while it decompresses "%s"', async (encoding) => {
    const deadline = new AbortController();
    const endless = new PassThrough();
    const reading = readBody(endless, gzipped(encoding, deadline.signal));
    endless.write(gzipSync(gzipSync('the beginning')).subarray(0, 30));
    deadline.abort(new Error('the time is over'));
    await expect(reading).rejects.toThrow('the time is over');
    expect(endless.destroyed).toBe(true);
  });

  it('does not begin after the deadline', async () => {
    await expect(readBody(bodyOf(gzipSync('late')), gzipped('gzip', AbortSignal.abort(new Error('the time is over'))))).rejects.toThrow('the time is over');
  });
});
