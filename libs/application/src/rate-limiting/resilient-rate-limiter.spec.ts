import { FakeClock } from '#testing/fake-clock.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeRateLimiter } from './rate-limiter.conformance.js';
import { MemoryRateLimiter } from './memory-rate-limiter.js';
import { RateLimiter, type RateUsage } from './rate-limiter.js';
import { ResilientRateLimiter, STORE_DEADLINE_MS, STORE_PAUSE_MS } from './resilient-rate-limiter.js';

const RULE = { limit: 10, windowMs: 60_000 };

/** A shared store that is told how to answer. */
class Store extends RateLimiter {
  asked = 0;
  answer: () => Promise<RateUsage> = () => Promise.resolve({ count: 7, resetInMs: 1 });

  override hit(): Promise<RateUsage> {
    this.asked += 1;
    return this.answer();
  }
}

const clock = new FakeClock();
const inMemory = new MemoryRateLimiter(clock);
describeRateLimiter('MemoryRateLimiter', () => ({
  one: inMemory,
  other: inMemory,
  endWindow: () => {
    clock.advance(60_000);
    return Promise.resolve();
  },
}));

describe('ResilientRateLimiter', () => {
  const make = (): { store: Store; limiter: ResilientRateLimiter; time: FakeClock; events: string[] } => {
    const [store, time, events] = [new Store(), new FakeClock(), [] as string[]];
    const observer = { lost: () => void events.push('lost'), found: () => void events.push('found') };
    return { store, time, events, limiter: new ResilientRateLimiter(store, new MemoryRateLimiter(time), time, observer) };
  };
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('takes the shared count while there is one', async () => {
    const { limiter, events } = make();
    expect(await limiter.hit('k', RULE)).toEqual({ count: 7, resetInMs: 1 });
    expect(events).toEqual([]);
  });

  it('counts by itself while the store fails, asks it again after a pause, and says both once', async () => {
    const { limiter, store, time, events } = make();
    const { answer } = store;
    store.answer = () => Promise.reject(new Error('away'));
    expect((await limiter.hit('k', RULE)).count).toBe(1);
    expect((await limiter.hit('k', RULE)).count).toBe(2);
    expect([store.asked, events]).toEqual([1, ['lost']]);
    time.advance(STORE_PAUSE_MS);
    expect((await limiter.hit('k', RULE)).count).toBe(3);
    expect([store.asked, events]).toEqual([2, ['lost']]);
    store.answer = answer;
    time.advance(STORE_PAUSE_MS);
    expect((await limiter.hit('k', RULE)).count).toBe(7);
    expect(events).toEqual(['lost', 'found']);
  });

  it('goes on from the last count it knows', async () => {
    const { limiter, store } = make();
    store.answer = () => Promise.resolve({ count: 9, resetInMs: 30_000 });
    await limiter.hit('k', RULE);
    store.answer = () => Promise.reject(new Error('away'));
    expect(await limiter.hit('k', RULE)).toEqual({ count: 10, resetInMs: 30_000 });
    expect((await limiter.hit('other', RULE)).count).toBe(1);
  });

  it('waits a quarter of a second for a store that does not answer', async () => {
    const { limiter, store } = make();
    store.answer = () => new Promise(() => undefined);
    const usage = limiter.hit('k', RULE);
    await vi.advanceTimersByTimeAsync(STORE_DEADLINE_MS);
    expect((await usage).count).toBe(1);
  });

  it('forgets the oldest keys when there are too many', async () => {
    const memory = new MemoryRateLimiter(new FakeClock());
    for (let index = 0; index <= 10_000; index += 1) await memory.hit(`k${String(index)}`, RULE);
    expect((await memory.hit('k0', RULE)).count).toBe(1);
    expect((await memory.hit('k9999', RULE)).count).toBe(2);
  });
});
