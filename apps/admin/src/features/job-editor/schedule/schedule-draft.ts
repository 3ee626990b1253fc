/** What the schedule's part of the form holds: one member per mode, so that nothing is lost by looking at another mode. */
import type { JobType, JsonObject } from '@/api/types';
import { expressionOfConfig } from './cron-config';
import { cronOfVisual, FIRST_VISUAL, visualOfCron, type VisualSchedule } from './visual-cron';
import { wallOf } from '@/components/fires/wall-time';

export const SCHEDULE_MODES = ['interval', 'visual', 'cron', 'once'] as const;
export type ScheduleMode = (typeof SCHEDULE_MODES)[number];

export const INTERVAL_UNITS = ['weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
export type IntervalUnit = (typeof INTERVAL_UNITS)[number];

export interface ScheduleDraft {
  readonly mode: ScheduleMode;
  /** IANA. */
  readonly timezone: string;
  /** Null is an empty field and counts 0. */
  readonly interval: Readonly<Record<IntervalUnit, number | null>>;
  readonly visual: VisualSchedule;
  readonly expression: string;
  /** Wall time in `timezone`, `2027-01-01T09:00`; '' is none. */
  readonly onceAt: string;
}

/** What a job type and a configuration on the wire are. */
export interface WireSchedule {
  readonly jobTypeId: number;
  readonly scheduleConfig: JsonObject;
}

export const JOB_TYPE_IDS: Readonly<Record<JobType['name'], number>> = { interval: 1, cron: 2, once: 3 };

const NO_INTERVAL: ScheduleDraft['interval'] = { weeks: null, days: null, hours: null, minutes: null, seconds: null };

/** Fields that a refused period is marked at: those that are named, else those that were filled in. @param problems by unit; '' is the whole */
export function wrongUnits(interval: ScheduleDraft['interval'], problems: Readonly<Record<string, string>>): readonly IntervalUnit[] {
  if (Object.keys(problems).length === 0) return [];
  const named = INTERVAL_UNITS.filter((unit) => problems[unit] !== undefined);
  return named.length > 0 ? named : INTERVAL_UNITS.filter((unit) => interval[unit]);
}

export function firstSchedule(timezone: string): ScheduleDraft {
  return { mode: 'interval', timezone, interval: { ...NO_INTERVAL, minutes: 15 }, visual: FIRST_VISUAL, expression: '0 9 * * *', onceAt: '' };
}

/** Null when nothing complete has been entered in the mode that is shown. */
export function wireSchedule(draft: ScheduleDraft): WireSchedule | null {
  const zone = { timezone: draft.timezone };
  switch (draft.mode) {
    case 'interval': {
      const given = INTERVAL_UNITS.flatMap((unit) => (draft.interval[unit] ? [[unit, draft.interval[unit]] as const] : []));
      return given.length === 0 ? null : { jobTypeId: JOB_TYPE_IDS.interval, scheduleConfig: { ...Object.fromEntries(given), ...zone } };
    }
    case 'visual': {
      const expression = cronOfVisual(draft.visual);
      return expression === null ? null : { jobTypeId: JOB_TYPE_IDS.cron, scheduleConfig: { expression, ...zone } };
    }
    case 'cron':
      return draft.expression.trim() === '' ? null : { jobTypeId: JOB_TYPE_IDS.cron, scheduleConfig: { expression: draft.expression.trim(), ...zone } };
    case 'once':
      return draft.onceAt === '' ? null : { jobTypeId: JOB_TYPE_IDS.once, scheduleConfig: { at: withSeconds(draft.onceAt), ...zone } };
  }
}

/** The draft of what a job has; cron that days and a time can stand for is shown so. */
export function scheduleDraftOf({ jobTypeId, scheduleConfig, timezone, nextRunTime }: WireSchedule & { timezone: string; nextRunTime?: string | null }): ScheduleDraft {
  const draft = firstSchedule(timezone);
  if (jobTypeId === JOB_TYPE_IDS.interval) {
    return { ...draft, mode: 'interval', interval: { ...NO_INTERVAL, ...Object.fromEntries(INTERVAL_UNITS.map((unit) => [unit, wholeOrNull(scheduleConfig[unit])])) } };
  }
  if (jobTypeId === JOB_TYPE_IDS.once) return { ...draft, mode: 'once', onceAt: onceWall(scheduleConfig['at'], timezone, nextRunTime ?? null) };
  const expression = expressionOfConfig(scheduleConfig);
  const parsed = visualOfCron(expression);
  return parsed.ok ? { ...draft, mode: 'visual', expression, visual: parsed.visual } : { ...draft, mode: 'cron', expression };
}

export type ModeChange = { readonly ok: true; readonly draft: ScheduleDraft } | { readonly ok: false; readonly why: string };

/** Takes over what can be taken over: days and a time become cron, and cron becomes days and a time where it is no more than that. */
export function switchMode(draft: ScheduleDraft, mode: ScheduleMode): ModeChange {
  if (mode === 'cron' && draft.mode === 'visual') return { ok: true, draft: { ...draft, mode, expression: cronOfVisual(draft.visual) ?? draft.expression } };
  if (mode === 'visual' && draft.mode === 'cron') {
    const parsed = visualOfCron(draft.expression);
    return parsed.ok ? { ok: true, draft: { ...draft, mode, visual: parsed.visual } } : parsed;
  }
  return { ok: true, draft: { ...draft, mode } };
}

/** An instant or a wall time on the wire, as the field shows it. A delay has no time of its own: its coming run stands for it. */
function onceWall(at: unknown, timezone: string, nextRunTime: string | null): string {
  if (typeof at !== 'string') return nextRunTime === null ? '' : wallOf(nextRunTime, timezone);
  if (/(?:z|[+-]\d{2}(?::?\d{2})?)$/i.test(at) && !Number.isNaN(Date.parse(at))) return wallOf(at, timezone);
  return at.replace(' ', 'T').slice(0, 19);
}

function withSeconds(wall: string): string {
  return wall.length === 16 ? `${wall}:00` : wall;
}

function wholeOrNull(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value : null;
}
