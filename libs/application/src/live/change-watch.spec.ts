import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SystemClock } from '#domain/clock.js';
import { ChangeWatch } from './change-watch.js';
import { FingerprintSource } from './fingerprint-source.js';
import type { Fingerprint, Topic } from './topics.js';

class Source extends FingerprintSource {
  readonly asked: Topic[][] = [];
  isAway = false;

  take(topics: ReadonlySet<Topic>): Promise<Fingerprint> {
    this.asked.push([...topics]);
    return this.isAway ? Promise.reject(new Error('away')) : Promise.resolve(new Map([['jobs', String(this.asked.length)]] as const));
  }
}

let source: Source;
let events: string[];
let watch: ChangeWatch;
const seen = (): { readonly states: (string | undefined)[]; readonly see: (fingerprint: Fingerprint) => void } => {
  const states: (string | undefined)[] = [];
  return { states, see: (fingerprint) => void states.push(fingerprint.get('jobs')) };
};

beforeEach(() => {
  vi.useFakeTimers();
  source = new Source();
  events = [];
  watch = new ChangeWatch(source, new SystemClock(), { lost: () => void events.push('lost'), found: () => void events.push('found') });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('ChangeWatch', () => {
  test('looks once a second for all followers together, and not at all without any', async () => {
    await vi.advanceTimersByTimeAsync(5_000);
    expect(source.asked).toEqual([]);
    const [one, other] = [seen(), seen()];
    const leave = [watch.follow(['jobs'], one.see), watch.follow(['executions', 'jobs'], other.see)];
    await vi.advanceTimersByTimeAsync(3_000);
    expect(source.asked).toEqual(Array.from({ length: 4 }, () => ['jobs', 'executions']));
    expect(one.states).toEqual(['1', '2', '3', '4']);
    expect(other.states).toEqual(one.states);
    for (const end of [...leave, ...leave]) end();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(source.asked).toHaveLength(4);
  });

  test('looks no more often when followers come and go', async () => {
    for (let index = 0; index < 20; index += 1) {
      watch.follow(['jobs'], () => undefined)();
      watch.follow(['jobs'], () => undefined);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(source.asked.length).toBeLessThanOrEqual(3);
  });

  test('shows the latest state to a follower who comes later', async () => {
    watch.follow(['jobs'], () => undefined);
    await vi.advanceTimersByTimeAsync(1_500);
    const late = seen();
    watch.follow(['jobs'], late.see);
    expect(late.states).toEqual(['2']);
  });

  test('goes on when the store was away, and says so once', async () => {
    const { states, see } = seen();
    watch.follow(['jobs'], see);
    await vi.advanceTimersByTimeAsync(500);
    source.isAway = true;
    await vi.advanceTimersByTimeAsync(3_000);
    source.isAway = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(states).toEqual(['1', '5']);
    expect(events).toEqual(['lost', 'found']);
  });
});
