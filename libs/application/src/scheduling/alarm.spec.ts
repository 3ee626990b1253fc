import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deferred } from '#testing/deferred.js';
import { Alarm } from './alarm.js';
import type { Planner } from './planner.js';
import type { PlanStore } from './plan-store.js';

let rings: number;
let untilNext: number | null;
let plan: () => Promise<void>;
let errors: unknown[];
let alarm: Alarm;

beforeEach(() => {
  vi.useFakeTimers();
  [rings, untilNext, errors] = [0, null, []];
  plan = () => Promise.resolve();
  const planner: Pick<Planner, 'planDue'> = {
    planDue: async () => {
      rings += 1;
      await plan();
    },
  };
  const store: Pick<PlanStore, 'msUntilNextFire'> = { msUntilNextFire: () => Promise.resolve(untilNext) };
  alarm = new Alarm(planner as Planner, store as PlanStore, (error) => errors.push(error));
});
afterEach(async () => {
  await alarm.stop();
  vi.useRealTimers();
});

const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};

describe('the alarm', () => {
  it('rings when it is started and then a second apart while nothing is to come', async () => {
    alarm.start();
    await pass(0);
    expect(rings).toBe(1);
    await pass(999);
    expect(rings).toBe(1);
    await pass(1);
    expect(rings).toBe(2);
  });

  it('sleeps until the next fire, a part of a millisecond longer and never shorter', async () => {
    untilNext = 120.2;
    alarm.start();
    await pass(0);
    await pass(120);
    expect(rings).toBe(1);
    await pass(1);
    expect(rings).toBe(2);
  });

  it('never sleeps longer than a second, so that a lost notification costs no more', async () => {
    untilNext = 3_600_000;
    alarm.start();
    await pass(1_000);
    expect(rings).toBe(2);
  });

  it('looks again soon for what is overdue and locked by another, and ever less often while it stays so', async () => {
    untilNext = -5;
    alarm.start();
    await pass(0);
    const ringsAfter = async (ms: number): Promise<number> => {
      await pass(ms);
      return rings;
    };
    expect([await ringsAfter(20), await ringsAfter(40), await ringsAfter(80)]).toEqual([2, 3, 4]);
    await pass(10_000);
    rings = 0;
    expect(await ringsAfter(5_000)).toBe(5);
    untilNext = 500;
    await pass(1_500);
    [untilNext, rings] = [-5, 0];
    await pass(500);
    expect(await ringsAfter(60)).toBeGreaterThanOrEqual(3);
  });

  it('rings at once when a job changed', async () => {
    alarm.start();
    await pass(0);
    alarm.rearm();
    await pass(0);
    expect(rings).toBe(2);
  });

  it('goes on after an error, half a second later', async () => {
    plan = () => Promise.reject(new Error('the store is away'));
    alarm.start();
    await pass(0);
    expect(errors).toHaveLength(1);
    await pass(500);
    expect(rings).toBe(2);
  });

  it('goes on with one rhythm when a job changes while it plans', async () => {
    const slow = deferred();
    plan = () => (rings === 1 ? slow.promise : Promise.resolve());
    alarm.start();
    await pass(0);
    alarm.rearm();
    await pass(10);
    slow.resolve();
    await pass(0);
    expect(rings).toBe(2);
    await pass(1_000);
    expect(rings).toBe(3);
  });

  it('is silent once it was stopped, after the plan that was under way', async () => {
    const slow = deferred();
    plan = () => slow.promise;
    alarm.start();
    await pass(0);
    let isStopped = false;
    const stopping = alarm.stop().then(() => { isStopped = true; });
    await pass(10);
    expect(isStopped).toBe(false);
    slow.resolve();
    await stopping;
    alarm.rearm();
    await pass(5_000);
    expect(rings).toBe(1);
  });
});
