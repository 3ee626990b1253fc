/** The queue's job schedulers become equal to the active jobs whatever went wrong between the leader and the queue. */
import type { Tenure } from '#application/scheduling/leadership.js';
import { Maintenance } from '#application/scheduling/maintenance.js';
import { Admission } from '#application/scheduling/admission.js';
import { Sender } from '#application/scheduling/planner.js';
import type { ScheduleRegistration } from '#application/scheduling/schedule-registrar.js';
import { DomainError } from '#domain/errors.js';
import { newId, type InstanceId, type JobId } from '#domain/ids.js';
import { PostgresLeaseStore } from '#persistence/scheduling/postgres-lease-store.js';
import { PostgresMaintenanceStore } from '#persistence/scheduling/postgres-maintenance-store.js';
import { PostgresRegistrationStore } from '#persistence/scheduling/postgres-registration-store.js';
import { BullmqDispatcher } from '#queue/bullmq-dispatcher.js';
import { BullmqScheduleRegistrar } from '#queue/bullmq-schedule-registrar.js';
import { everySeconds, unbounded } from '#testing/factories.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { describeOnBackends, openQueues, type TestQueues } from '#testing/queues.js';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** What the queue does for real, but without an answer: as when the connection is lost behind the command. */
class UnheardRegistrar extends BullmqScheduleRegistrar {
  isHeard = true;

  override async upsert(registrations: readonly ScheduleRegistration[]): Promise<void> {
    await super.upsert(registrations);
    if (!this.isHeard) throw new DomainError('QUEUE_UNAVAILABLE', 'no answer');
  }
}

describeOnBackends("the queue's job schedulers", (kind) => {
  let platform: Platform;
  let queues: TestQueues;
  let registrar: UnheardRegistrar;
  let tenure: Tenure;
  let failures: string[];

  beforeEach(async () => {
    platform = await openPlatform({ poolSize: 3 });
    queues = await openQueues(kind);
    registrar = new UnheardRegistrar(queues.backend);
    failures = [];
    const holder = newId<InstanceId>();
    const term = (await new PostgresLeaseStore(platform.database).acquireOrRenew(holder, 60_000)) ?? 0;
    tenure = { reign: { holder, term }, lasts: () => true };
  });
  afterEach(async () => {
    await queues.close();
    await platform.close();
  });

  /** The duties of a leader that has just started. */
  const leader = (registrations = new PostgresRegistrationStore(platform.database)): Maintenance => {
    const dispatcher = new BullmqDispatcher(queues.backend);
    const sender = new Sender(dispatcher, platform.outbox, { dispatchFailed: () => undefined });
    return new Maintenance({
      store: new PostgresMaintenanceStore(platform.database),
      admission: new Admission(platform.plans, platform.gates, sender),
      outbox: platform.outbox,
      dispatcher,
      sender,
      registrations,
      registrar,
      retentionDays: 0,
      observer: { did: () => undefined, failed: (duty) => failures.push(duty) },
    });
  };

  const inQueue = async (): Promise<string[]> => {
    const schedulers = await queues.backend.queue('ticks').getJobSchedulers();
    return schedulers.map(({ key }) => key).filter((key) => key !== 'takt-memory-mark').sort();
  };

  const hourly = async (): Promise<JobId> => (await platform.job({ schedule: everySeconds(3_600) })).id;

  const registrationOf = (jobId: JobId): ScheduleRegistration => ({
    jobId,
    scheduleVersion: 1,
    bounded: unbounded(everySeconds(3_600)),
    nextFireAt: new Date(Date.now() + 3_600_000),
  });

  it('go with their jobs although the answer to their making was never heard', async () => {
    const [stays, goes] = [await hourly(), await hourly()];
    registrar.isHeard = false;
    await leader().repair(tenure, true);
    expect(failures).toContain('register');
    expect(await inQueue()).toEqual([stays, goes].sort());
    await platform.change(goes, { isEnabled: false });
    registrar.isHeard = true;
    await leader().repair(tenure, true);
    expect(await inQueue()).toEqual([stays]);
  });

  it('go with jobs that are switched off while the queue loses its memory and the answers stay away', async () => {
    const maintenance = leader();
    const [stays, goes] = [await hourly(), await hourly()];
    await maintenance.repair(tenure, true);
    await queues.forget();
    registrar.isHeard = false;
    await maintenance.repair(tenure, false);
    await platform.change(goes, { isPaused: true });
    registrar.isHeard = true;
    await maintenance.repair(tenure, true);
    expect(await inQueue()).toEqual([stays]);
  });

  it('that come late, from a leader that was frozen or a command that had been given up, go at the next tidying', async () => {
    const maintenance = leader();
    const stays = await hourly();
    await maintenance.repair(tenure, true);
    await maintenance.tidy(tenure);
    const [gone, unknown] = [await hourly(), newId<JobId>()];
    await platform.change(gone, { isEnabled: false });
    await registrar.upsert([registrationOf(gone), registrationOf(unknown)]);
    await maintenance.tidy(tenure);
    expect(await inQueue()).toEqual([stays]);
  });

  it('that are missing come back at the next tidying', async () => {
    const maintenance = leader();
    const jobs = [await hourly(), await hourly()];
    await maintenance.repair(tenure, true);
    await maintenance.tidy(tenure);
    await registrar.remove(jobs.slice(1));
    await maintenance.tidy(tenure);
    expect(await inQueue()).toEqual(jobs.sort());
  });

  it('are compared one by one by a new leader, also when their number is right', async () => {
    const jobs = [await hourly(), await hourly()];
    await leader().repair(tenure, true);
    await registrar.remove(jobs.slice(1));
    await registrar.upsert([registrationOf(newId<JobId>())]);
    await leader().tidy(tenure);
    expect(await inQueue()).toEqual(jobs.sort());
  });

  it('are left alone by one whose reign ended while it looked what to tell', async () => {
    let isOver = false;
    class SlowStore extends PostgresRegistrationStore {
      override async outdated(limit: number): ReturnType<PostgresRegistrationStore['outdated']> {
        const found = await super.outdated(limit);
        isOver = true;
        return found;
      }
    }
    const job = await hourly();
    const deposed = { ...tenure, lasts: () => !isOver };
    await leader(new SlowStore(platform.database)).repair(deposed, true);
    expect(await inQueue()).toEqual([]);
    await leader().repair(deposed, true);
    expect(await inQueue()).toEqual([]);
    await leader().repair(tenure, true);
    expect(await inQueue()).toEqual([job]);
  });
});
