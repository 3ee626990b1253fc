/**
 * When a job fires. All three kinds are data only; `nextOccurrence` gives them their meaning. The identity of an
 * occurrence is the pair of job and UTC instant, so nothing here depends on when somebody happens to look.
 */
export type Schedule = IntervalSchedule | CronSchedule | OnceSchedule;

/** Fires at `anchorAt + n · everyMs` for n = 1, 2, …: a fixed grid that restarts, deploys and slow runs do not move. */
export interface IntervalSchedule {
  readonly kind: 'interval';
  /** Length of a period, milliseconds, a whole number of seconds, at least 1000. */
  readonly everyMs: number;
  /** Origin of the grid; itself no occurrence. */
  readonly anchorAt: Date;
  /** IANA zone that the times are shown in; it does not move the grid. */
  readonly timeZone: string;
}

/** Fires at the wall-clock times of a cron expression in a time zone. */
export interface CronSchedule {
  readonly kind: 'cron';
  /** Canonical expression: 5 fields, 6 with seconds first, 7 with the year last. Weekday 0 and 7 are Sunday. */
  readonly expression: string;
  readonly timeZone: string;
}

/** Fires once. */
export interface OnceSchedule {
  readonly kind: 'once';
  readonly at: Date;
  readonly timeZone: string;
}

/** A schedule and the span in which it may fire. Both ends are inclusive; null is open. */
export interface BoundedSchedule {
  readonly schedule: Schedule;
  readonly startAt: Date | null;
  readonly endAt: Date | null;
}
