import type { JobId } from '#domain/ids.js';
import type { BoundedSchedule } from '#domain/schedule/schedule.js';

/** What the queue should tick for. */
export interface ScheduleRegistration {
  readonly jobId: JobId;
  readonly scheduleVersion: number;
  readonly bounded: BoundedSchedule;
  /** The instant of the first tick. */
  readonly nextFireAt: Date;
}

/**
 * Keeps the queue's job schedulers, one an active job, whose ticks are the second alarm. Only the leader calls it, so one
 * id is never written by two processes at a time (BullMQ's Postgres backend would double it).
 */
export abstract class ScheduleRegistrar {
  /** Makes or replaces job schedulers. Idempotent. @throws DomainError `QUEUE_UNAVAILABLE` */
  abstract upsert(registrations: readonly ScheduleRegistration[]): Promise<void>;
  /** Removes job schedulers; unknown ids are no error. @throws DomainError `QUEUE_UNAVAILABLE` */
  abstract remove(jobIds: readonly JobId[]): Promise<void>;
}

/** What is still to be told to the registrar: the difference between jobs and registrations. */
export abstract class RegistrationStore {
  /** Registrations that are missing or of another version, at most `limit`; `remove` lists jobs that are gone or inactive. */
  abstract outdated(limit: number): Promise<{ upsert: ScheduleRegistration[]; remove: JobId[] }>;
  /** Notes what was told. */
  abstract markRegistered(
    upserted: readonly Pick<ScheduleRegistration, 'jobId' | 'scheduleVersion'>[],
    removed: readonly JobId[],
  ): Promise<void>;
  /** Forgets everything that was told, after the queue lost its memory. */
  abstract forgetAll(): Promise<void>;
}
