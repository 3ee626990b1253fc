import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputBuffer, unfinishedBytes } from './output-buffer.js';

const textOf = (pieces: readonly { stream: string; text: string }[], stream = 'stdout'): string =>
  pieces.filter((piece) => piece.stream === stream).map(({ text }) => text).join('');

describe('OutputBuffer', () => {
  it('keeps everything below the limit, in order of arrival', () => {
    const buffer = new OutputBuffer(1_000);
    buffer.push('stdout', Buffer.from('a'));
    buffer.push('stderr', Buffer.from('b'));
    buffer.push('stdout', Buffer.from('c'));
    const { pieces, totalBytes, keptBytes } = buffer.finish();
    expect(pieces).toEqual([
      { stream: 'stdout', text: 'a' },
      { stream: 'stderr', text: 'b' },
      { stream: 'stdout', text: 'c' },
    ]);
    expect([totalBytes, keptBytes]).toEqual([3, 3]);
  });

  it('puts characters together that were split between reads, per stream', () => {
    const buffer = new OutputBuffer(1_000);
    const bytes = Buffer.from('é€😀');
    for (const byte of bytes) {
      buffer.push('stdout', Buffer.from([byte]));
      buffer.push('stderr', Buffer.from('x'));
    }
    const { pieces } = buffer.finish();
    expect(textOf(pieces)).toBe('é€😀');
    expect(textOf(pieces, 'stderr')).toBe('x'.repeat(bytes.length));
  });

  it('keeps head and tail, says how much is missing, and ends with the exact counts', () => {
    const buffer = new OutputBuffer(100);
    buffer.push('stdout', Buffer.from('a'.repeat(75)));
    buffer.push('stdout', Buffer.from('b'.repeat(1_000)));
    buffer.push('stderr', Buffer.from('c'.repeat(10)));
    const { pieces, totalBytes, keptBytes } = buffer.finish();
    expect(pieces).toEqual([
      { stream: 'stdout', text: 'a'.repeat(75) },
      { stream: 'system', text: '[985 bytes left out here]\n' },
      { stream: 'stdout', text: 'b'.repeat(15) },
      { stream: 'stderr', text: 'c'.repeat(10) },
      { stream: 'system', text: '[output truncated: 100 of 1085 bytes kept]\n' },
    ]);
    expect([totalBytes, keptBytes]).toEqual([1_085, 100]);
  });

  it('says nothing of a truncation when head and tail together hold all', () => {
    const buffer = new OutputBuffer(100);
    buffer.push('stdout', Buffer.from('a'.repeat(100)));
    const { pieces, keptBytes } = buffer.finish();
    expect(pieces.map(({ stream }) => stream)).toEqual(['stdout', 'stdout']);
    expect(keptBytes).toBe(100);
  });

  it('shows bytes that are not text, and NUL, as U+FFFD', () => {
    const buffer = new OutputBuffer(100);
    buffer.push('stdout', Buffer.from([0x61, 0x00, 0xff, 0x62, 0xe2, 0x82]));
    expect(textOf(buffer.finish().pieces)).toBe('a\uFFFD\uFFFDb\uFFFD');
  });

  it('counts right, cuts between characters and stays within its limit, whatever comes', () => {
    const chunk = fc.record({ stream: fc.constantFrom('stdout' as const, 'stderr' as const), text: fc.string({ unit: 'grapheme', maxLength: 60 }) });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 40 }), fc.integer({ min: 16, max: 400 }), fc.integer({ min: 1, max: 7 }), (chunks, limit, step) => {
        const buffer = new OutputBuffer(limit);
        const clean = chunks.map(({ stream, text }) => ({ stream, text: text.replaceAll(/[\0\uFFFD]/g, '.') }));
        let total = 0;
        for (const { stream, text } of clean) {
          const bytes = Buffer.from(text);
          total += bytes.length;
          for (let at = 0; at < bytes.length; at += step) buffer.push(stream, bytes.subarray(at, at + step));
        }
        const { pieces, totalBytes, keptBytes } = buffer.finish();
        const kept = pieces.filter(({ stream }) => stream !== 'system').map(({ text }) => text).join('');
        expect(totalBytes).toBe(total);
        expect(keptBytes).toBe(Buffer.byteLength(kept));
        expect(keptBytes).toBeLessThanOrEqual(Math.max(limit, 0));
        expect(kept).not.toContain('\uFFFD');
        if (total <= limit - 3) expect(keptBytes).toBe(total);
      }),
    );
  });
});

describe('unfinishedBytes', () => {
  it.each([
    ['', 0],
    ['61', 0],
    ['c3', 1],
    ['c3a9', 0],
    ['e282', 2],
    ['f09f98', 3],
    ['f09f9880', 0],
    ['ff', 0],
    ['8080', 0],
  ])('%s ends with %i', (hex, count) => {
    expect(unfinishedBytes(Buffer.from(hex, 'hex'))).toBe(count);
  });
});
