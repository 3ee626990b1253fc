import { beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '#testing/fake-clock.js';
import { HealthProbe, HealthProbes, type ProbeReport } from './health-probe.js';
import { ProbedPlatformHealth } from './probed-platform-health.js';
import { ReadinessCheck } from './readiness.js';

class Probe extends HealthProbe {
  report: ProbeReport | Error = { status: 'ok', facts: { instances: 1, alive: 2 } };

  constructor(readonly name: string) {
    super();
  }

  check(): Promise<ProbeReport> {
    return this.report instanceof Error ? Promise.reject(this.report) : Promise.resolve(this.report);
  }
}

const START = new Date('2030-01-01T00:00:00Z');
let clock: FakeClock;
let probes: Record<'database' | 'queue' | 'scheduler' | 'workers', Probe>;
let health: ProbedPlatformHealth;

beforeEach(() => {
  clock = new FakeClock(START);
  probes = { database: new Probe('database'), queue: new Probe('queue'), scheduler: new Probe('scheduler'), workers: new Probe('workers') };
  health = new ProbedPlatformHealth(new ReadinessCheck(new HealthProbes(Object.values(probes)), clock), clock);
});

describe('ProbedPlatformHealth', () => {
  test('has a sentence for every part that is well', async () => {
    const { status, parts } = await health.check();
    expect(status).toBe('ok');
    expect(parts.map(({ name, message }) => [name, message])).toEqual([
      ['api', 'Answers'],
      ['database', 'Answers within 1 ms'],
      ['queue', 'Answers within 1 ms'],
      ['scheduler', '1 instance, jobs fire on time'],
      ['workers', '2 alive'],
    ]);
  });

  test('is as bad as its worst part, and says since when', async () => {
    probes.workers.report = { status: 'degraded', message: 'No worker is alive' };
    expect(await health.check()).toMatchObject({ status: 'degraded', parts: [{}, {}, {}, {}, { since: START, message: 'No worker is alive' }] });
    clock.advance(60_000);
    probes.queue.report = new Error('away');
    const later = await health.check();
    expect(later.status).toBe('down');
    expect(later.parts.map(({ since }) => since)).toEqual([null, null, new Date('2030-01-01T00:01:00Z'), null, START]);
    clock.advance(60_000);
    for (const probe of Object.values(probes)) probe.report = { status: 'ok' };
    expect((await health.check()).parts.every(({ since }) => since === null)).toBe(true);
  });
});
