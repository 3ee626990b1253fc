import { newId, type InstanceId } from '#domain/ids.js';
import { FakeClock } from '#testing/fake-clock.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LEADER_LEASE_MS, Leadership, LeaseStore, type Reign } from './leadership.js';

const FOLLOW_MS = 1_500;
const RENEW_MS = 5_000;

/** The lease row on a database whose clock the test moves; the same rules as the real one's statement. */
class InMemoryLeaseStore extends LeaseStore {
  holder: InstanceId | null = null;
  term = 0;
  isAway = false;
  private expiresAtMs = 0;

  constructor(private readonly clock: FakeClock) {
    super();
  }

  acquireOrRenew(holder: InstanceId, leaseMs: number): Promise<number | null> {
    if (this.isAway) return Promise.reject(new Error('away'));
    const nowMs = this.clock.monotonicMs();
    const isValid = this.expiresAtMs > nowMs;
    if (this.holder !== null && this.holder !== holder && isValid) return Promise.resolve(null);
    if (this.holder !== holder || !isValid) this.term += 1;
    this.holder = holder;
    this.expiresAtMs = nowMs + leaseMs;
    return Promise.resolve(this.term);
  }

  release(reign: Reign): Promise<void> {
    if (this.holder === reign.holder && this.term === reign.term) this.holder = null;
    return Promise.resolve();
  }
}

class Candidate {
  readonly id = newId<InstanceId>();
  readonly heard: string[] = [];
  readonly leadership: Leadership;

  constructor(store: LeaseStore, readonly clock: FakeClock) {
    this.leadership = new Leadership(this.id, store, clock, {
      elected: ({ term }) => this.heard.push(`elected ${String(term)}`),
      deposed: ({ term }) => this.heard.push(`deposed ${String(term)}`),
      failed: () => this.heard.push('failed'),
    });
  }

  get term(): number | null {
    return this.leadership.current()?.term ?? null;
  }
}

let databaseClock: FakeClock;
let store: InMemoryLeaseStore;
let one: Candidate;
let other: Candidate;

/** Time goes by for the database and for all machines but those that are frozen. */
const pass = async (ms: number, ...machines: Candidate[]): Promise<void> => {
  for (let passed = 0; passed < ms; passed += 100) {
    databaseClock.advance(100);
    for (const { clock } of machines) clock.advance(100);
    await vi.advanceTimersByTimeAsync(100);
  }
};

beforeEach(() => {
  vi.useFakeTimers();
  databaseClock = new FakeClock();
  store = new InMemoryLeaseStore(databaseClock);
  one = new Candidate(store, new FakeClock());
  other = new Candidate(store, new FakeClock());
});
afterEach(() => {
  vi.useRealTimers();
});

describe('of two candidates', () => {
  it('one leads and keeps its term for as long as it renews', async () => {
    one.leadership.start();
    other.leadership.start();
    await pass(60_000, one, other);
    expect([one.term, other.term]).toEqual([1, null]);
    expect([one.heard, other.heard]).toEqual([['elected 1'], []]);
  });

  it('the follower takes over within two seconds when the leader leaves in order', async () => {
    one.leadership.start();
    await pass(1_000, one, other);
    other.leadership.start();
    await pass(1_000, one, other);
    await one.leadership.stop();
    expect(one.term).toBeNull();
    await pass(FOLLOW_MS, one, other);
    expect(other.term).toBe(2);
    expect(one.heard).toEqual(['elected 1', 'deposed 1']);
  });

  it('the follower takes over a killed one within lease and look, and not before the lease is over', async () => {
    one.leadership.start();
    await pass(100, one, other);
    other.leadership.start();
    await pass(100, one, other);
    store.acquireOrRenew = refuseAfter(store, one.id);
    let bothLed = false;
    let waitedMs = 0;
    while (other.term === null && waitedMs < 30_000) {
      await pass(100, one, other);
      waitedMs += 100;
      bothLed ||= [one, other].every(({ term }) => term !== null);
    }
    expect(waitedMs).toBeLessThanOrEqual(LEADER_LEASE_MS + FOLLOW_MS);
    expect(waitedMs).toBeGreaterThanOrEqual(LEADER_LEASE_MS - RENEW_MS);
    expect(bothLed).toBe(false);
    expect(other.term).toBe(2);
  });
});

/** Calls of `id` fail from now on: its way to the database is cut. */
function refuseAfter(real: InMemoryLeaseStore, id: InstanceId): InMemoryLeaseStore['acquireOrRenew'] {
  const acquire = real.acquireOrRenew.bind(real);
  return async (holder, leaseMs) => (holder === id ? Promise.reject(new Error('cut off')) : acquire(holder, leaseMs));
}

describe('a leader', () => {
  it('that was frozen steps down before it writes, though its timers have not told it anything', async () => {
    one.leadership.start();
    await pass(100, one);
    expect(one.term).toBe(1);
    one.clock.advance(LEADER_LEASE_MS);
    databaseClock.advance(LEADER_LEASE_MS);
    expect(one.leadership.current()).toBeNull();
    expect(one.heard).toEqual(['elected 1', 'deposed 1']);
  });

  it('that wins again after its lease ran out begins a new reign', async () => {
    one.leadership.start();
    await pass(100, one);
    one.clock.advance(20_000);
    databaseClock.advance(20_000);
    await pass(RENEW_MS, one);
    expect(one.term).toBe(2);
    expect(one.heard).toEqual(['elected 1', 'deposed 1', 'elected 2']);
  });

  it('trusts its reign from the moment at which it asked, however long the answer took', async () => {
    const acquire = store.acquireOrRenew.bind(store);
    store.acquireOrRenew = async (holder, leaseMs) => {
      const term = await acquire(holder, leaseMs);
      one.clock.advance(LEADER_LEASE_MS - 1);
      return term;
    };
    one.leadership.start();
    await vi.advanceTimersByTimeAsync(1);
    expect(one.term).toBe(1);
    one.clock.advance(1);
    expect(one.term).toBeNull();
  });

  it('leads on through a failed renewal while its lease lasts, and no longer', async () => {
    one.leadership.start();
    await pass(100, one);
    store.isAway = true;
    await pass(LEADER_LEASE_MS - 1_000, one);
    expect(one.term).toBe(1);
    expect(one.heard).toContain('failed');
    await pass(1_100, one);
    expect(one.term).toBeNull();
    store.isAway = false;
    await pass(FOLLOW_MS + RENEW_MS, one);
    expect(one.term).toBe(2);
  });

  it('campaigns no more once it has stopped', async () => {
    one.leadership.start();
    await pass(100, one);
    await one.leadership.stop();
    await pass(30_000, one);
    expect(one.term).toBeNull();
    expect(store.holder).toBeNull();
  });
});
