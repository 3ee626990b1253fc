import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SingleFlight } from './single-flight';

describe('a single flight', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('calls once for those who ask at the same time and shortly after', async () => {
    const flight = new SingleFlight<number>(1_000);
    const call = vi.fn(() => Promise.resolve(7));
    expect(await Promise.all([flight.run('a', call), flight.run('a', call)])).toEqual([7, 7]);
    expect(await flight.run('a', call)).toBe(7);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('calls again after the result has been kept long enough, and for another key', async () => {
    const flight = new SingleFlight<number>(1_000);
    const call = vi.fn(() => Promise.resolve(7));
    await flight.run('a', call);
    await flight.run('b', call);
    await vi.advanceTimersByTimeAsync(1_001);
    await flight.run('a', call);
    expect(call).toHaveBeenCalledTimes(3);
  });

  it('forgets a failure', async () => {
    const flight = new SingleFlight<number>(1_000);
    await expect(flight.run('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await flight.run('a', () => Promise.resolve(1))).toBe(1);
  });
});
