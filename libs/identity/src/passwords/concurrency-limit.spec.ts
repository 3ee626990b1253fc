import { describe, expect, test } from 'vitest';
import { ConcurrencyLimit } from './concurrency-limit.js';

/** Work that ends when the test says so. */
function aJob(): { work: () => Promise<void>; finish: () => void; isRunning: () => boolean } {
  let end: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  let running = false;
  return {
    work: async () => {
      running = true;
      await promise;
      running = false;
    },
    finish: () => {
      end();
    },
    isRunning: () => running,
  };
}

describe('ConcurrencyLimit', () => {
  test('runs so many at once, lets so many wait in order, refuses the rest', async () => {
    const limit = new ConcurrencyLimit(1, 1);
    const [first, second, third] = [aJob(), aJob(), aJob()];
    const one = limit.run(first.work);
    const two = limit.run(second.work);
    await expect(limit.run(third.work)).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
    expect([first.isRunning(), second.isRunning(), third.isRunning()]).toEqual([true, false, false]);
    first.finish();
    await one;
    second.finish();
    await two;
    third.finish();
    await limit.run(third.work);
  });

  test('gives the place on when a job fails', async () => {
    const limit = new ConcurrencyLimit(1, 0);
    await expect(limit.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(limit.run(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});
