import { aClaim } from '#testing/factories.js';
import { FakeClock } from '#testing/fake-clock.js';
import { ScriptedLedger } from '#testing/scripted-ledger.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogRow } from './execution-ledger.js';
import { LogShipper } from './log-shipper.js';

let isAway: boolean;
let calls: number;
let ledger: ScriptedLedger;
let shipper: LogShipper;
let clock: FakeClock;

beforeEach(() => {
  vi.useFakeTimers();
  [isAway, calls] = [false, 0];
  ledger = new ScriptedLedger({
    appendLogs: () => {
      calls += 1;
      return isAway ? Promise.reject(new Error('away')) : Promise.resolve();
    },
  });
  clock = new FakeClock();
  shipper = new LogShipper(ledger, clock, () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
});

const shown = (rows: readonly LogRow[]): [number, string][] => rows.map(({ seq, message }) => [seq, message]);
const line = (text: string): { stream: 'stdout'; text: string } => ({ stream: 'stdout', text });

describe('output', () => {
  it('is numbered as it was written, after what earlier attempts wrote, and gathered into one statement', async () => {
    const claim = aClaim({ lastLogSeq: 7, attempt: 2, token: 5 });
    const log = shipper.sinkFor(claim);
    expect(log.hasOutput).toBe(false);
    log.write(line('one'));
    log.write(line(''));
    log.write({ stream: 'stderr', text: 'two' });
    expect(log.hasOutput).toBe(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(shown(ledger.logged)).toEqual([[8, 'one'], [9, 'two']]);
    expect(ledger.logged[0]).toMatchObject({ executionId: claim.executionId, token: 5, attempt: 2, stream: 'stdout' });
    expect(calls).toBe(1);
  });

  it('says how old it is when it is stored, however long the store was away', async () => {
    const log = shipper.sinkFor(aClaim());
    log.write(line('one'));
    clock.advance(40);
    log.write(line('two'));
    isAway = true;
    await shipper.flush();
    clock.advance(3_000);
    isAway = false;
    ledger.logged.length = 0;
    await shipper.flush();
    expect(ledger.logged.map(({ ageMs }) => ageMs)).toEqual([3_040, 3_000]);
  });

  it('of several attempts travels together', async () => {
    const [one, other] = [shipper.sinkFor(aClaim()), shipper.sinkFor(aClaim())];
    one.write(line('a'));
    other.write(line('b'));
    await shipper.flush();
    expect(calls).toBe(1);
    expect(new Set(ledger.logged.map(({ executionId }) => executionId)).size).toBe(2);
  });

  it('is stored once each, in statements of two hundred', async () => {
    const log = shipper.sinkFor(aClaim());
    for (let index = 0; index < 450; index += 1) log.write(line(String(index)));
    await Promise.all([shipper.flush(), shipper.flush()]);
    expect(ledger.logged.map(({ seq }) => seq)).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
    expect(calls).toBe(3);
  });

  it('waits while the store is away and arrives when it is back', async () => {
    const log = shipper.sinkFor(aClaim());
    isAway = true;
    log.write(line('patient'));
    await shipper.flush();
    expect(ledger.logged).toEqual([]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown(ledger.logged)).toEqual([[1, 'patient']]);
  });

  it('beyond the buffer is dropped with a mark that says how much, and leaves no hole in the numbers', async () => {
    const log = shipper.sinkFor(aClaim());
    const megabyte = 'x'.repeat(1024 * 1024);
    isAway = true;
    for (let index = 0; index < 18; index += 1) log.write(line(megabyte));
    isAway = false;
    await shipper.flush();
    log.write(line('after'));
    await shipper.flush();
    expect(ledger.logged.map(({ seq }) => seq)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
    expect(ledger.logged.slice(-2).map(({ stream, message }) => [stream, message])).toEqual([
      ['system', '[2 chunks of output were dropped: the store was away]'],
      ['stdout', 'after'],
    ]);
  });
});
