import { describe, expect, it } from 'vitest';
import { concurrencyOf, workerConcurrency } from './concurrency.js';

describe('worker concurrency', () => {
  it.each([
    ['7', { total: 7, perQueue: 7, queues: {} }],
    ['default=50', { total: 100, perQueue: 50, queues: {} }],
    ['default=50,ad_queue=5', { total: 100, perQueue: 50, queues: { ad_queue: 5 } }],
    ['10, default=4 , a = 20', { total: 10, perQueue: 4, queues: { a: 10 } }],
  ])('reads %s', (text, expected) => {
    expect(workerConcurrency.parse(text)).toEqual(expected);
  });

  it.each(['0', '-1', '1.5', '10001', 'a=', 'a=0', '5,6', 'a=1,a=2', '1,,2', 'a b=1', '__proto__=x'])('refuses %s', (text) => {
    expect(workerConcurrency.safeParse(text).success).toBe(false);
  });

  it('gives a queue its own limit, else that of every queue', () => {
    const limits = workerConcurrency.parse('default=50,ad_queue=5');
    expect([concurrencyOf(limits, 'ad_queue'), concurrencyOf(limits, 'celery'), concurrencyOf(limits, 'toString')]).toEqual([5, 50, 50]);
  });
});
