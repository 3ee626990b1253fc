import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJsonb } from './rows.js';

const parsed = (value: unknown): unknown => JSON.parse(toJsonb(value) ?? 'null');

describe('JSON for the database', () => {
  it('replaces what cannot be stored, in values and in names of members', () => {
    expect(parsed({ 'a\u0000b': 'c\u0000d', e: ['\ud800', '\udc00x'] })).toEqual({ 'a\ufffdb': 'c\ufffdd', e: ['\ufffd', '\ufffdx'] });
  });

  it('leaves text alone that only looks like an escape', () => {
    const looks = String.raw`\u0000 \\u0000 \ud800`;
    expect(parsed({ looks, [looks]: 1 })).toEqual({ looks, [looks]: 1 });
  });

  it('keeps pairs of surrogates', () => {
    expect(parsed('😀')).toBe('😀');
  });

  it('changes nothing else', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\u0000'));
    fc.assert(fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), text, (value, name) => {
      fc.pre(!JSON.stringify(value).includes(String.raw`\u0000`));
      expect(parsed({ [name]: value })).toEqual(JSON.parse(JSON.stringify({ [name]: value })));
    }));
  });
});
