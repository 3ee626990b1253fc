import { DomainError } from '#domain/errors.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import { newId, type WorkerId } from '#domain/ids.js';
import { aClaim } from '#testing/factories.js';
import { FakeClock } from '#testing/fake-clock.js';
import { ScriptedLedger } from '#testing/scripted-ledger.js';
import { fails, runsUntilStopped, succeeds, type TaskHandler } from '#testing/tasks.js';
import { describe, expect, it, vi } from 'vitest';
import type { Sender } from '../scheduling/planner.js';
import type { QueueItem } from '../scheduling/queue-item.js';
import type { AttemptRecord, Claim, ExecutionLedger } from './execution-ledger.js';
import { StopReason } from './executor.js';
import { ExecutionRunner, type Handled } from './execution-runner.js';
import { LogShipper } from './log-shipper.js';
import { RunningSet } from './running-set.js';

const RETRIES: Claim['retry'] = { retryCount: 1, backoff: { kind: 'fixed', delayMs: 250, factor: 2, maxDelayMs: 1_000, jitter: 0 } };
const AWAY = new DomainError('DATABASE_UNAVAILABLE', 'away');

interface Bench {
  readonly runner: ExecutionRunner;
  readonly ledger: ScriptedLedger;
  readonly running: RunningSet;
  readonly sent: QueueItem[];
  readonly released: unknown[];
  readonly heard: string[];
  readonly finished: AttemptRecord[];
}

const bench = (claim: Claim | null, handler: TaskHandler = succeeds, answers: Partial<ExecutionLedger> = {}): Bench => {
  const [sent, released, heard, finished]: [QueueItem[], unknown[], string[], AttemptRecord[]] = [[], [], [], []];
  const ledger = new ScriptedLedger({ claim: () => Promise.resolve(claim === null ? [] : [claim]), ...answers });
  const running = new RunningSet();
  const runner = new ExecutionRunner({
    workerId: newId<WorkerId>(),
    ledger,
    admission: {
      release: (ids?: unknown) => { released.push(ids); return Promise.resolve(0); },
      openGates: (scope: unknown) => { released.push(scope); return Promise.resolve(0); },
    },
    sender: {
      send: (items: readonly QueueItem[]) => { sent.push(...items); return Promise.resolve(); },
      resend: () => Promise.resolve(),
    } as unknown as Sender,
    executor: { run: async (context) => handler(context) },
    logs: new LogShipper(ledger, new FakeClock(), () => undefined),
    running,
    clock: new FakeClock(),
    observer: {
      started: () => heard.push('started'),
      finished: (record) => { heard.push('finished'); finished.push(record); },
      dropped: () => heard.push('dropped'),
      failed: (what) => heard.push(`failed ${what}`),
    },
  });
  return { runner, ledger, running, sent, released, heard, finished };
};

const run = async ({ runner }: Bench, claim: Claim): Promise<Handled> => runner.run({ executionId: claim.executionId, attempt: claim.attempt });

describe('an attempt', () => {
  it('that cannot be claimed is dropped without a trace', async () => {
    const claim = aClaim();
    const made = bench(null);
    expect(await run(made, claim)).toBe('over');
    expect(made.heard).toEqual(['dropped']);
    expect(made.ledger.recorded).toEqual([]);
  });

  it.each([
    ['still waits', () => Promise.resolve(true)],
    ['may still wait', () => Promise.reject(AWAY)],
  ])('that cannot be claimed and %s stays in its queue', async (_, stillWaits) => {
    const claim = aClaim();
    const made = bench(null, succeeds, { stillWaits });
    expect(await run(made, claim)).toBe('early');
    expect(made.ledger.recorded).toEqual([]);
  });

  it('is left to its queue, not claimed, while the worker drains', async () => {
    const claim = aClaim();
    const made = bench(claim, succeeds, { claim: () => Promise.reject(new Error('asked')) });
    made.runner.close();
    expect(await run(made, claim)).toBe('untouched');
    expect(made.heard).toEqual(['dropped']);
  });

  it('that succeeds is recorded with its output stored before', async () => {
    const claim = aClaim();
    const made = bench(claim, (context) => {
      context.log.write({ stream: 'stdout', text: 'hello' });
      context.progress(7);
      return { kind: 'succeeded', result: { answer: 42 } };
    });
    await run(made, claim);
    expect(made.ledger.recorded).toMatchObject([{ status: 'success', result: { answer: 42 }, error: null, retryDelayMs: null }]);
    expect(made.ledger.logged).toMatchObject([{ seq: 1, message: 'hello' }]);
    expect(made.heard).toEqual(['started', 'finished']);
    expect(made.running.size).toBe(0);
    expect(made.sent).toEqual([]);
  });

  it('that fails goes back to the queue while attempts are left', async () => {
    const claim = aClaim({ retry: RETRIES, queue: 'other', priority: 4 });
    const made = bench(claim, fails);
    await run(made, claim);
    expect(made.ledger.recorded).toMatchObject([{ attemptStatus: 'failed', status: 'pending', retryDelayMs: 250, error: 'broken' }]);
    expect(made.sent).toEqual([{ executionId: claim.executionId, attempt: 2, queue: 'other', taskFunction: 'shell', priority: 4, delayMs: 250 }]);
  });

  it('counts its retries without the attempts that lost their worker', async () => {
    const claim = aClaim({ retry: RETRIES, attempt: 3, countedAttempt: 1 });
    const made = bench(claim, fails);
    await run(made, claim);
    expect(made.sent).toMatchObject([{ attempt: 4 }]);
  });

  it('that the ledger ended instead of retrying is not sent again, and lets the next one have its slot', async () => {
    const claim = aClaim({ retry: RETRIES });
    const made = bench(claim, fails, {
      record: (records) => Promise.resolve(records.map((record) => ({ executionId: record.claim.executionId, status: 'cancelled', hasWaiting: true, hasDependents: false }))),
    });
    await run(made, claim);
    expect(made.sent).toEqual([]);
    expect(made.released).toEqual([[claim.jobId]]);
    expect(made.finished).toMatchObject([{ status: 'cancelled' }]);
  });

  it('lets those that wait for its slot go when it ends', async () => {
    const claim = aClaim();
    const made = bench(claim, succeeds, {
      record: (records) => Promise.resolve(records.map((record) => ({ executionId: record.claim.executionId, status: record.status, hasWaiting: true, hasDependents: false }))),
    });
    await run(made, claim);
    expect(made.released).toEqual([[claim.jobId]]);
  });

  it('whose executor throws has failed with the words of the error', async () => {
    const claim = aClaim({ retry: { ...RETRIES, retryCount: 0 } });
    const made = bench(claim, () => { throw new Error('a defect'); });
    await run(made, claim);
    expect(made.ledger.recorded).toMatchObject([{ status: 'failed', error: 'a defect' }]);
  });

  it('that takes too long is told so and recorded as timeout', async () => {
    const claim = aClaim({ timeoutMs: 20, retry: { ...RETRIES, retryCount: 0 } });
    const made = bench(claim, runsUntilStopped);
    await run(made, claim);
    expect(made.ledger.recorded).toMatchObject([{ status: 'timeout', error: 'timed out after 20 ms' }]);
  });

  it('that lost what ran it is surrendered with its output and not recorded, whatever retries there are', async () => {
    const claim = aClaim({ retry: RETRIES });
    const made = bench(claim, (context) => {
      context.log.write({ stream: 'system', text: 'it died' });
      return { kind: 'lost', error: 'it died' };
    });
    expect(await run(made, claim)).toBe('over');
    expect(made.ledger.surrendered).toMatchObject([{ executionId: claim.executionId, token: claim.token }]);
    expect(made.ledger.logged).toMatchObject([{ message: 'it died' }]);
    expect(made.ledger.recorded).toEqual([]);
    expect(made.sent).toEqual([]);
    expect(made.running.size).toBe(0);
  });

  it.each(['shutdown', 'fenced'] as const)('that is broken off by %s is surrendered and not recorded', async (kind) => {
    const claim = aClaim();
    const made = bench(claim, runsUntilStopped);
    const done = run(made, claim);
    await vi.waitUntil(() => made.running.size === 1);
    made.running.stopAll(new StopReason(kind, 'broken off'));
    await done;
    expect(made.ledger.recorded).toEqual([]);
    expect(made.ledger.surrendered).toMatchObject([{ executionId: claim.executionId, token: claim.token }]);
  });

  it('that ended by itself although it was broken off is recorded: what it did is done', async () => {
    const claim = aClaim();
    const made = bench(claim, async (context): Promise<AttemptOutcome> => {
      await runsUntilStopped(context);
      return { kind: 'succeeded', result: null };
    });
    const done = run(made, claim);
    await vi.waitUntil(() => made.running.size === 1);
    made.running.stopAll(new StopReason('shutdown', 'broken off'));
    await done;
    expect(made.ledger.recorded).toMatchObject([{ status: 'success' }]);
  });
});

describe('while the store is away', () => {
  it('an attempt waits to be claimed, and its end waits to be recorded', async () => {
    vi.useFakeTimers();
    const claim = aClaim();
    let [claims, records] = [0, 0];
    const made = bench(claim, succeeds, {
      claim: () => ((claims += 1) < 3 ? Promise.reject(AWAY) : Promise.resolve([claim])),
      record: (given) =>
        (records += 1) < 4
          ? Promise.reject(AWAY)
          : Promise.resolve(given.map((record) => ({ executionId: record.claim.executionId, status: record.status, hasWaiting: false, hasDependents: false }))),
    });
    const done = run(made, claim);
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    vi.useRealTimers();
    expect([claims, records]).toEqual([3, 4]);
    expect(made.finished).toMatchObject([{ status: 'success' }]);
  });

  it('an attempt is given up when the worker closes', async () => {
    vi.useFakeTimers();
    const claim = aClaim();
    const made = bench(claim, succeeds, { claim: () => Promise.reject(AWAY) });
    const done = run(made, claim);
    await vi.advanceTimersByTimeAsync(1_000);
    made.runner.close();
    await vi.advanceTimersByTimeAsync(1_000);
    await done;
    vi.useRealTimers();
    expect(made.heard.at(-1)).toBe('dropped');
  });
});

describe('a redelivery in the same batch', () => {
  it('runs once', async () => {
    const claim = aClaim();
    const made = bench(claim);
    await Promise.all([run(made, claim), run(made, claim)]);
    expect(made.heard.toSorted()).toEqual(['dropped', 'finished', 'started']);
  });
});
