import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SystemClock } from '#domain/clock.js';
import { DomainError } from '#domain/errors.js';
import { documentationIndex } from './documentation-index.js';
import { HealthProbe, HealthProbes, type ProbeReport } from './health-probe.js';
import { ReadinessCheck } from './readiness.js';

class Probe extends HealthProbe {
  asked = 0;

  constructor(
    readonly name: string,
    private readonly answer: () => Promise<ProbeReport>,
  ) {
    super();
  }

  check(): Promise<ProbeReport> {
    this.asked += 1;
    return this.answer();
  }
}

const well = new Probe('well', () => Promise.resolve({ status: 'ok', facts: { speed: 7 } }));
const slow = new Probe('slow', () => Promise.resolve({ status: 'degraded', message: '3 jobs are late' }));
const failing = (error: Error): Probe => new Probe('away', () => Promise.reject(error));
const check = (...probes: Probe[]): ReadinessCheck => new ReadinessCheck(new HealthProbes(probes), new SystemClock());

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('ReadinessCheck', () => {
  test('is ready when all is well', async () => {
    expect(await check(well).execute()).toEqual({ status: 'ready', checks: { well: { status: 'ok', latencyMs: 0, speed: 7 } } });
  });

  test('is as bad as its worst part, and says what is wrong', async () => {
    expect(await check(well, slow).execute()).toMatchObject({ status: 'degraded', checks: { slow: { status: 'degraded', error: '3 jobs are late' } } });
    const away = failing(new DomainError('DATABASE_UNAVAILABLE', 'The database did not answer in time'));
    expect(await check(away, slow).execute()).toMatchObject({ status: 'unavailable', checks: { away: { error: 'The database did not answer in time' } } });
  });

  test('does not repeat the words of drivers, which name addresses', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
    expect((await check(failing(refused)).execute()).checks['away']).toMatchObject({ status: 'unavailable', error: 'not reachable (ECONNREFUSED)' });
    expect((await check(failing(new Error('password of takt'))).execute()).checks['away']).toMatchObject({ error: 'not reachable' });
  });

  test('waits 3 s for a part that does not answer', async () => {
    const answer = check(new Probe('mute', () => new Promise(() => undefined))).execute();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await answer).toMatchObject({ status: 'unavailable', checks: { mute: { error: 'no answer within 3000 ms' } } });
  });

  test('asks the parts once a second at most', async () => {
    const probe = new Probe('counted', () => Promise.resolve({ status: 'ok' }));
    const readiness = check(probe);
    await Promise.all([readiness.execute(), readiness.execute()]);
    expect(probe.asked).toBe(1);
    await vi.advanceTimersByTimeAsync(1_001);
    await readiness.execute();
    expect(probe.asked).toBe(2);
  });
});

test('the index of the documentation shows titles as text', () => {
  const page = documentationIndex([{ slug: 'a b', title: '<b>&', description: '', modules: [] }], '1');
  expect(page).toContain('<a href="/docs/a%20b">&lt;b&gt;&amp;</a>');
});
