import { describe, expect, it } from 'vitest';
import { isCustom, rangeOf, zonedInstant, zonedLocal } from './range';

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

describe('zonedInstant', () => {
  it.each([
    ['2026-11-20T14:05', 'UTC', '2026-11-20T14:05:00.000Z'],
    ['2026-11-20T14:05:09', 'Asia/Kolkata', '2026-11-20T08:35:09.000Z'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'], // shown twice: the first
    ['2027-03-28T02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'], // jumped over: 03:30
    ['2026-11-20', 'UTC', null],
    ['2026-13-20T00:00', 'UTC', null],
  ])('%s in %s is %s', (local, zone, expected) => {
    expect(zonedInstant(local, zone)).toBe(expected);
  });

  it('is turned round by zonedLocal', () => {
    expect(zonedLocal('2026-11-20T08:35:09.500Z', 'Asia/Kolkata')).toBe('2026-11-20T14:05:09');
  });
});
