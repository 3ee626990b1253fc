import { describe, expect, it } from 'vitest';
import { ticksOf } from './ticks';

const window = (from: string, to: string) => ({ fromMs: Date.parse(from), toMs: Date.parse(to) });
const labels = (from: string, to: string, width: number, zone = 'UTC') => ticksOf(window(from, to), width, zone).map(({ label }) => label);

describe('the axis', () => {
  it('has round times with room for their labels', () => {
    expect(labels('2026-11-20T12:07:00Z', '2026-11-20T14:07:00Z', 600)).toEqual(['12:15', '12:30', '12:45', '13:00', '13:15', '13:30', '13:45', '14:00']);
    expect(labels('2026-11-20T12:07:00Z', '2026-11-20T14:07:00Z', 200)).toEqual(['13:00', '14:00']);
  });

  it('says the day where one begins', () => {
    expect(labels('2026-11-20T20:00:00Z', '2026-11-21T03:00:00Z', 300)).toEqual(['20:00', '22:00', '11-21', '02:00']);
  });

  it('is round in the zone that is shown', () => {
    expect(labels('2026-11-20T12:00:00Z', '2026-11-20T14:00:00Z', 300, 'Asia/Kolkata')).toEqual(['17:30', '18:00', '18:30', '19:00', '19:30']);
    expect(labels('2026-11-20T12:00:00Z', '2026-11-21T12:00:00Z', 300, 'Asia/Kolkata')).toEqual(['18:00', '11-21', '06:00', '12:00']);
  });

  it('takes days when nothing smaller fits', () => {
    expect(labels('2026-11-18T12:00:00Z', '2026-11-21T12:00:00Z', 100)).toEqual(['11-19', '11-20', '11-21']);
  });

  it('is empty without a width', () => {
    expect(labels('2026-11-18T12:00:00Z', '2026-11-21T12:00:00Z', 0)).toEqual([]);
  });
});
