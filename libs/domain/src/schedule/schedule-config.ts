import type { Violation } from '#domain/errors.js';
import { type Checked, type ConfigInput, isConfigInput, timeZoneOf, valid, violated } from './config-input.js';
import { parseCronConfig } from './cron-fields.js';
import { parseIntervalConfig } from './interval-config.js';
import { nextOccurrence } from './next-occurrence.js';
import { parseOnceConfig } from './once-config.js';
import type { IntervalSchedule, OnceSchedule, Schedule } from './schedule.js';

/** What a configuration is read against. */
export interface ScheduleContext {
  /** The present on the clock that decides; the origin of intervals and delays. */
  readonly now: Date;
  /** A valid zone, used when the configuration names none. */
  readonly defaultTimeZone: string;
}

/** A schedule, or everything that is wrong with its configuration. */
export type ParsedSchedule =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/**
 * Reads the configuration of a job type from the native API into a schedule. Never throws for bad input.
 *
 * Paths of the violations begin at the configuration's own members; the caller puts the configuration's name in front. An
 * empty path means the configuration as a whole. A schedule that would never fire after `now` is refused.
 *
 * The grid of an interval starts at `now`, cut to the whole second, so that occurrences lie on whole seconds.
 *
 * @throws DomainError `SCHEDULE_INVALID` when `defaultTimeZone` is no zone, which is a defect of the caller.
 * @see rulings on dialect 001, "Job types" and "Interval"
 */
export function parseScheduleConfig(kind: Schedule['kind'], config: unknown, context: ScheduleContext): ParsedSchedule {
  const checked = isConfigInput(config)
    ? parseKind(kind, config, context)
    : violated(null, 'value is not a valid dict', 'type_error.dict');
  return checked.ok ? { ok: true, schedule: checked.value } : checked;
}

function parseKind(kind: Schedule['kind'], config: ConfigInput, context: ScheduleContext): Checked<Schedule> {
  switch (kind) {
    case 'interval':
      return parseInterval(config, context);
    case 'cron':
      return parseCron(config, context);
    case 'once':
      return parseOnce(config, context);
  }
}

function parseInterval(config: ConfigInput, { now, defaultTimeZone }: ScheduleContext): Checked<IntervalSchedule> {
  const every = parseIntervalConfig(config);
  const timeZone = timeZoneOf(config, defaultTimeZone);
  if (every.ok && timeZone.ok) {
    const anchorAt = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
    return valid({ kind: 'interval', everyMs: every.value, anchorAt, timeZone: timeZone.value });
  }
  return { ok: false, violations: [every, timeZone].flatMap((part) => (part.ok ? [] : part.violations)) };
}

function parseCron(config: ConfigInput, { now, defaultTimeZone }: ScheduleContext): Checked<Schedule> {
  const checked = parseCronConfig(config, defaultTimeZone, now);
  if (!checked.ok) return checked;
  if (nextOccurrence({ schedule: checked.value, startAt: null, endAt: null }, now) !== null) return checked;
  const member = Object.hasOwn(config, 'expression') ? 'expression' : 'year';
  return violated(member, 'never fires: all its dates are in the past');
}

function parseOnce(config: ConfigInput, { now, defaultTimeZone }: ScheduleContext): Checked<OnceSchedule> {
  const timeZone = timeZoneOf(config, defaultTimeZone);
  if (!timeZone.ok) return timeZone;
  const at = parseOnceConfig(config, timeZone.value, now);
  return at.ok ? valid({ kind: 'once', at: at.value, timeZone: timeZone.value }) : at;
}
