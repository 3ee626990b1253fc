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
  /** Makes or replaces job schedulers. Idempotent. @throws DomainError `QUEUE_UNAVAILABLE`; some of them may be made even so */
  abstract upsert(registrations: readonly ScheduleRegistration[]): Promise<void>;
  /** Removes job schedulers; unknown ids are no error. @throws DomainError `QUEUE_UNAVAILABLE` */
  abstract remove(jobIds: readonly JobId[]): Promise<void>;
  /** How many job schedulers the queue has; one cheap question. @throws DomainError `QUEUE_UNAVAILABLE` */
  abstract count(): Promise<number>;
  /** The jobs that the queue has job schedulers for, all of them. @throws DomainError `QUEUE_UNAVAILABLE` */
  abstract registered(): Promise<JobId[]>;
}

/**
 * What the queue was told, as far as it is known. A row says that the queue *may* have a job scheduler, so there is one
 * from before the first upsert until after the removal; its version says what the queue surely has, 0 for "nobody knows".
 * A call to the queue may fail and be carried out all the same, also long after: therefore the row comes first, and the
 * queue's own list is compared with the rows now and then.
 */
export abstract class RegistrationStore {
  /** Registrations that are missing or of another version, at most `limit`; `remove` lists jobs that are gone or inactive. */
  abstract outdated(limit: number): Promise<{ upsert: ScheduleRegistration[]; remove: JobId[] }>;
  /** Notes that the queue may soon have job schedulers of these jobs. To be called before the registrar is. */
  abstract expect(jobIds: readonly JobId[]): Promise<void>;
  /** Notes what was told. */
  abstract markRegistered(
    upserted: readonly Pick<ScheduleRegistration, 'jobId' | 'scheduleVersion'>[],
    removed: readonly JobId[],
  ): Promise<void>;
  /** After the queue lost its memory: everything is to be told again, also that a job is gone. */
  abstract distrustAll(): Promise<void>;
  /** How many job schedulers the queue should have. */
  abstract count(): Promise<number>;
  /**
   * Compares with what the queue really has: what only one side knows is outdated from now on.
   *
   * @returns how many such there were
   */
  abstract compare(registered: readonly JobId[]): Promise<number>;
}
