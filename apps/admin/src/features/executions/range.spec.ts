import { describe, expect, it } from 'vitest';
import { isCustom, rangeOf } from './range';

const NOW = Date.parse('2026-11-20T12:00:40.000Z');
const open = { from: null, to: null };

describe('rangeOf', () => {
  it('keeps the start of a range that ends now between two steps', () => {
    expect(rangeOf({ range: '1h', ...open }, NOW)).toEqual({ from: '2026-11-20T11:00:00.000Z', to: null });
    expect(rangeOf({ range: '1h', ...open }, NOW + 15_000)).toEqual(rangeOf({ range: '1h', ...open }, NOW));
    expect(rangeOf({ range: '1h', ...open }, NOW + 20_000).from).toBe('2026-11-20T11:01:00.000Z');
    expect(rangeOf({ range: '15m', ...open }, NOW).from).toBe('2026-11-20T11:45:30.000Z');
  });

  it('takes both ends, or one of them', () => {
    const [from, to] = ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'];
    expect(rangeOf({ range: '24h', from, to }, NOW)).toEqual({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' });
    expect(rangeOf({ range: '24h', from, to: null }, NOW)).toEqual({ from: '2026-11-01T00:00:00.000Z', to: null });
    expect(rangeOf({ range: '6h', from: null, to }, NOW)).toEqual({ from: '2026-11-01T18:00:00.000Z', to: '2026-11-02T00:00:00.000Z' });
  });

  it('leaves out what is no instant, and a start after the end', () => {
    expect(rangeOf({ range: '1h', from: 'x', to: 'y' }, NOW)).toEqual(rangeOf({ range: '1h', ...open }, NOW));
    expect(rangeOf({ range: '1h', from: '2026-11-03T00:00:00Z', to: '2026-11-02T00:00:00Z' }, NOW).from).toBe('2026-11-01T23:00:00.000Z');
    expect([isCustom({ from: 'x', to: null }), isCustom({ from: null, to: '2026-11-02' })]).toEqual([false, true]);
  });
});
