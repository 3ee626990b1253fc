import { aClaim } from '#testing/factories.js';
import { FakeClock } from '#testing/fake-clock.js';
import { ScriptedLedger } from '#testing/scripted-ledger.js';
import { newId, type ExecutionId } from '#domain/ids.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LEASE_MS, type ExecutionLedger, type LeaseState } from './execution-ledger.js';
import { StopReason } from './executor.js';
import { LeaseKeeper } from './lease-keeper.js';
import { LazyAbortController } from './lazy-abort-controller.js';
import { RunningSet, type RunningAttempt } from './running-set.js';

const BEAT_MS = 1_500;

let clock: FakeClock;
let running: RunningSet;
let keeper: LeaseKeeper;
let asked: Parameters<ExecutionLedger['renew']>[0][];
let answer: (asked: Parameters<ExecutionLedger['renew']>[0]) => Promise<LeaseState[]>;

const all: typeof answer = (given) => Promise.resolve(given.map(({ executionId, token }) => ({ executionId, token, isCancelRequested: false })));

const runs = (overrides: Parameters<typeof aClaim>[0] = {}): RunningAttempt => {
  const attempt = { claim: aClaim(overrides), abort: new LazyAbortController(), renewedAtMs: clock.monotonicMs(), progress: null };
  running.add(attempt);
  return attempt;
};

const stopOf = ({ abort }: RunningAttempt): string | null =>
  abort.signal.reason instanceof StopReason ? abort.signal.reason.kind : null;

const pass = async (ms: number): Promise<void> => {
  clock.advance(ms);
  await vi.advanceTimersByTimeAsync(ms);
};

beforeEach(() => {
  vi.useFakeTimers();
  clock = new FakeClock();
  running = new RunningSet();
  asked = [];
  answer = all;
  const ledger = new ScriptedLedger({
    renew: async (given) => {
      asked.push(given);
      return answer(given);
    },
  });
  keeper = new LeaseKeeper(ledger, running, clock, () => undefined);
  keeper.start();
});
afterEach(async () => {
  await keeper.stop();
  vi.useRealTimers();
});

describe('a heartbeat', () => {
  it('renews everything that runs in one call, and nothing when nothing runs', async () => {
    await pass(BEAT_MS);
    expect(asked).toEqual([]);
    const attempts = [runs(), runs()];
    await pass(BEAT_MS);
    expect(asked).toEqual([attempts.map(({ claim }) => ({ executionId: claim.executionId, token: claim.token, progress: null }))]);
    expect(attempts.map(stopOf)).toEqual([null, null]);
  });

  it('carries progress once', async () => {
    const attempt = runs();
    attempt.progress = 0.4;
    await pass(BEAT_MS);
    await pass(BEAT_MS);
    expect(asked.map(([one]) => one?.progress)).toEqual([0.4, null]);
  });

  it('carries progress again that the store did not take, and what came meanwhile', async () => {
    const attempt = runs();
    attempt.progress = 0.4;
    answer = () => Promise.reject(new Error('away'));
    await pass(BEAT_MS);
    answer = async (given) => {
      attempt.progress = 0.6;
      return all(given);
    };
    await pass(BEAT_MS);
    answer = all;
    await pass(BEAT_MS);
    expect(asked.map(([one]) => one?.progress)).toEqual([0.4, 0.4, 0.6]);
  });

  it('stops what is to be cancelled and what was fenced off, and nothing else', async () => {
    const [cancelled, fenced, fine] = [runs(), runs(), runs()];
    answer = async (given) =>
      (await all(given))
        .filter(({ executionId }) => executionId !== fenced.claim.executionId)
        .map((state) => ({ ...state, isCancelRequested: state.executionId === cancelled.claim.executionId }));
    await pass(BEAT_MS);
    expect([cancelled, fenced, fine].map(stopOf)).toEqual(['cancelled', 'fenced', null]);
  });

  it('stops an old attempt although a newer one of the same execution runs here as well', async () => {
    const executionId = newId<ExecutionId>();
    const old = runs({ executionId, token: 1 });
    const fresh = runs({ executionId, token: 3, attempt: 2 });
    answer = async (given) => (await all(given)).filter(({ token }) => token === 3);
    await pass(BEAT_MS);
    expect([old, fresh].map(stopOf)).toEqual(['fenced', null]);
    running.remove(old);
    expect(running.list()).toEqual([fresh]);
  });
});

describe('leases that cannot be renewed', () => {
  it('let what runs go on while they last, and stop it before they end', async () => {
    const attempt = runs();
    await pass(BEAT_MS);
    answer = () => Promise.reject(new Error('away'));
    let waitedMs = 0;
    while (stopOf(attempt) === null && waitedMs < 60_000) {
      await pass(BEAT_MS);
      waitedMs += BEAT_MS;
    }
    expect(waitedMs).toBeGreaterThan(LEASE_MS / 2);
    expect(waitedMs).toBeLessThan(LEASE_MS);
    expect(stopOf(attempt)).toBe('fenced');
  });

  it('stop at the first beat what a frozen process ran', async () => {
    const attempt = runs();
    await pass(BEAT_MS);
    clock.advance(LEASE_MS);
    await pass(BEAT_MS);
    expect(stopOf(attempt)).toBe('fenced');
  });

  it('do not count against what was claimed since', async () => {
    const old = runs();
    answer = () => Promise.reject(new Error('away'));
    await pass(LEASE_MS - 5_000);
    const fresh = runs();
    await pass(5_000);
    expect([old, fresh].map(stopOf)).toEqual(['fenced', null]);
  });

  it('go on being renewed after the store came back in time', async () => {
    const attempt = runs();
    answer = () => Promise.reject(new Error('away'));
    await pass(3 * BEAT_MS);
    answer = all;
    for (let beats = 0; beats < 20; beats += 1) await pass(BEAT_MS);
    expect(stopOf(attempt)).toBeNull();
  });
});
