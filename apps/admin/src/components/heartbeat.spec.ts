import { describe, expect, it } from 'vitest';
import { heartbeatLook } from './heartbeat';

const BEAT = 5_000;

describe('the age of a heartbeat', () => {
  it.each([
    [0, 'success', ''],
    [10_000, 'success', ''],
    [10_001, 'warning', 'late'],
    [15_000, 'warning', 'late'],
    [15_001, 'failed', 'lost'],
  ])('after %i ms is %s', (age, tone, word) => {
    expect(heartbeatLook(1_000, 1_000 + age, 1_000 + age, BEAT)).toMatchObject({ tone, word, ageSeconds: age / 1_000 });
  });

  it('grows with the clock, by one beat at most while nothing is refreshed', () => {
    expect(heartbeatLook(0, 2_000, 4_000, BEAT).ageSeconds).toBe(4);
    expect(heartbeatLook(0, 2_000, 60_000, BEAT).ageSeconds).toBe(7);
  });

  it('is not negative when the clocks differ, and fills its bar when it is lost', () => {
    expect(heartbeatLook(9_000, 2_000, 2_000, BEAT)).toMatchObject({ ageSeconds: 0, share: 0 });
    expect(heartbeatLook(0, 90_000, 90_000, BEAT).share).toBe(1);
  });
});
