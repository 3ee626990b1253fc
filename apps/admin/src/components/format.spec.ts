import { describe, expect, it } from 'vitest';
import { firstLine, formatBytes, formatClock, formatCount, formatCountdown, formatDuration, formatInstant, formatPercent, formatRelative, formatShare, formatZoned, shortId } from './format';

describe('durations', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [0.0034, '3 ms'],
    [0.95, '950 ms'],
    [0.9996, '1 s'],
    [3.24, '3.2 s'],
    [12.4, '12 s'],
    [59.9, '60 s'],
    [60, '1 m 00 s'],
    [125, '2 m 05 s'],
    [3599.6, '1 h 00 m'],
    [3725, '1 h 02 m'],
    [90_000, '1 d 1 h'],
    [-4, '0 ms'],
  ])('%s s reads %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('relative times', () => {
  const now = Date.UTC(2026, 0, 1);
  it.each([
    [-400, 'now'],
    [-4_000, '4 s ago'],
    [61_000, 'in 1 min'],
    [-7_300_000, '2 h ago'],
    [-3 * 86_400_000, '3 d ago'],
    [-800 * 86_400_000, '2 y ago'],
  ])('%s ms from now reads %s', (offset, text) => {
    expect(formatRelative(now + offset, now)).toBe(text);
  });

  it.each([
    [500, 'in 1 s'],
    [59_400, 'in 1 m 00 s'],
    [11_520_000, 'in 3 h 12 m'],
    [-500, 'due'],
    [-15_200, 'late by 15 s'],
  ])('counts down from %s ms: %s', (offset, text) => {
    expect(formatCountdown(now + offset, now)).toBe(text);
  });
});

describe('instants', () => {
  it('are shown in the zone that was asked for', () => {
    expect(formatInstant('2026-07-01T22:30:05Z', 'Europe/Berlin')).toBe('2026-07-02 00:30:05');
    expect(formatInstant('2026-07-01T22:30:05Z', 'UTC', { withSeconds: false })).toBe('2026-07-01 22:30');
    expect(formatZoned('2026-07-01T22:30:05Z', 'Europe/Berlin')).toBe('2026-07-02 00:30:05 Europe/Berlin');
    expect(formatClock('2026-07-01T22:30:05Z', 'UTC')).toBe('22:30:05');
  });
});

describe('figures', () => {
  it('group digits', () => {
    expect([formatCount(999), formatCount(12_840), formatCount(5_000_000)]).toEqual(['999', '12\u202f840', '5\u202f000\u202f000']);
  });
  it('round', () => {
    expect([formatPercent(99.25), formatPercent(100), formatPercent(null)]).toEqual(['99.3 %', '100 %', '–']);
    expect([formatShare(0), formatShare(0.6), formatShare(1)]).toEqual(['0 %', '60 %', '100 %']);
    expect([formatBytes(512), formatBytes(35_861_299), formatBytes(null)]).toEqual(['512 B', '34.2 MiB', '–']);
  });
  it('find the line that counts', () => {
    expect(firstLine('\n  \n Error: no\n  at x')).toBe('Error: no');
  });
});

describe('a short id', () => {
  it('tells apart what began in the same minute', () => {
    expect(shortId('01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10')).toBe('…1c2b7a10');
    expect(shortId('42')).toBe('42');
  });
});
