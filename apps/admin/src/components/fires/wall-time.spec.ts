import { describe, expect, it } from 'vitest';
import { coming, instantOfWall, instantsOfWall, wallOf } from './wall-time';

describe('wall time', () => {
  it('shows an instant on the clocks of a zone', () => {
    expect(wallOf('2027-01-01T00:00:00Z', 'Europe/Berlin')).toBe('2027-01-01T01:00:00');
    expect(wallOf('2027-01-01T00:00:00Z', 'America/New_York')).toBe('2026-12-31T19:00:00');
    expect(wallOf('2026-11-20T08:35:09.500Z', 'Asia/Kolkata')).toBe('2026-11-20T14:05:09');
  });

  it.each([
    ['2027-01-01T01:00', 'Europe/Berlin', '2027-01-01T00:00:00.000Z'],
    ['2027-07-01T01:00:30', 'Europe/Berlin', '2027-06-30T23:00:30.000Z'],
    ['2027-10-31T02:30', 'Europe/Berlin', '2027-10-31T00:30:00.000Z'],
    ['2027-03-28T02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'],
    ['2027-03-28T12:00', 'Asia/Kolkata', '2027-03-28T06:30:00.000Z'],
    ['2027-06-01T12:00', 'UTC', '2027-06-01T12:00:00.000Z'],
  ])('finds %s in %s', (wall, zone, expected) => {
    expect(instantOfWall(wall, zone)).toBe(expected);
  });

  it.each(['', '2027-13-01T00:00', 'tomorrow', '2027-01-01'])('finds nothing in "%s"', (wall) => {
    expect(instantOfWall(wall, 'UTC')).toBeNull();
  });

  it.each([
    ['2027-10-31T02:30:00Z', 'Europe/Berlin', ['2027-10-31T00:30:00.000Z', '2027-10-31T01:30:00.000Z']],
    ['2027-04-04T01:45:00Z', 'Australia/Lord_Howe', ['2027-04-03T14:45:00.000Z', '2027-04-03T15:15:00.000Z']],
    ['2027-03-28T02:30:00Z', 'Europe/Berlin', []],
    ['2027-06-01T12:00:00Z', 'UTC', ['2027-06-01T12:00:00.000Z']],
  ])('shows %s in %s at %j', (wall, zone, expected) => {
    expect(instantsOfWall(Date.parse(wall), zone).map((ms) => new Date(ms).toISOString())).toEqual(expected);
  });

  it('knows when the clocks change', () => {
    const from = Date.parse('2027-01-01T00:00:00Z');
    expect(coming('Europe/Berlin', from, 365).map((ms) => new Date(ms).toISOString())).toEqual(['2027-03-28T01:00:00.000Z', '2027-10-31T01:00:00.000Z']);
    expect(coming('Asia/Tokyo', from, 365)).toEqual([]);
  });
});
