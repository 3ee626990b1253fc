import { describe, expect, it } from 'vitest';
import { instantOf, panned, windowOf, zoomed } from './window';

const now = Date.parse('2026-11-20T12:03:17.456Z');

describe('the window', () => {
  it('follows the clock in steps, with now in the middle', () => {
    expect(windowOf('2h', null, now)).toEqual({ from: '2026-11-20T11:02:00.000Z', to: '2026-11-20T13:02:00.000Z' });
    expect(windowOf('2h', null, now + 30_000)).toEqual(windowOf('2h', null, now));
    expect(windowOf('2h', null, now + 60_000)).not.toEqual(windowOf('2h', null, now));
  });

  it('stays where it was put', () => {
    expect(windowOf('1d', '2026-11-18T00:00:00.000Z', now)).toEqual({ from: '2026-11-17T12:00:00.000Z', to: '2026-11-18T12:00:00.000Z' });
  });

  it('is never wider than the API draws', () => {
    const { from, to } = windowOf('7d', null, now);
    expect(Date.parse(to) - Date.parse(from)).toBe(7 * 86_400_000);
  });

  it('goes half its width to a side', () => {
    expect(panned('2h', null, now, -1)).toBe('2026-11-20T11:03:00.000Z');
    expect(panned('2h', '2026-11-18T00:00:00.000Z', now, 1)).toBe('2026-11-18T01:00:00.000Z');
  });

  it('zooms step by step, to an end', () => {
    expect(zoomed('2h', 1)).toBe('6h');
    expect(zoomed('2h', -1)).toBe('1h');
    expect(zoomed('1h', -1)).toBeNull();
    expect(zoomed('7d', 1)).toBeNull();
  });

  it('takes no nonsense from the address', () => {
    expect(instantOf('2026-11-18')).toBe('2026-11-18T00:00:00.000Z');
    expect(instantOf('soon')).toBeNull();
  });
});
