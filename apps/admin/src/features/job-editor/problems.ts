/** What is wrong with the form: found here before it is sent, or by the API. Keys are paths on the wire: `scheduleConfig.expression`. */
import type { Violation } from '@/api/client';
import type { TaskFunction } from '@/api/types';
import { fieldsOf, missingMembers } from '@/components/arguments/schema-fields';
import type { JobDraft, JobNumbers } from './draft';
import { INTERVAL_UNITS, wireSchedule } from './schedule/schedule-draft';
import { instantOfWall } from '@/components/fires/wall-time';

export type Problems = Readonly<Record<string, string>>;

export interface NumberField {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly path: string;
  readonly isWhole: boolean;
}

const field = (label: string, min: number, max: number, path: string, isWhole = true): NumberField => ({ label, min, max, path, isWhole });

/** Limits are the API's. */
export const NUMBER_FIELDS: Readonly<Record<keyof JobNumbers, NumberField>> = {
  timeoutSeconds: field('Timeout', 1, 86_400, 'timeoutSeconds'),
  retryCount: field('Retries', 0, 10, 'retryCount'),
  retryDelaySeconds: field('Wait before a retry', 0, 3_600, 'retryDelaySeconds'),
  retryMaxDelaySeconds: field('Longest wait', 0, 86_400, 'retryMaxDelaySeconds'),
  retryJitter: field('Jitter', 0, 1, 'retryJitter', false),
  maxInstances: field('Instances at a time', 1, 10, 'maxInstances'),
  priority: field('Priority', 0, 1_000, 'priority'),
  catchUpWindowSeconds: field('Catch up at most', 0, 2_592_000, 'catchUp.windowSeconds'),
};

/** Everything that is wrong as far as it can be known without the API. Empty when it may be sent. */
export function problemsOf(draft: JobDraft, taskFunction: TaskFunction | null): Problems {
  const name = draft.name.trim();
  return {
    ...when(name.length < 2 || name.length > 200, 'name', 'Give it a name of 2 to 200 characters.'),
    ...when(draft.description.trim().length > 1_000, 'description', 'At most 1,000 characters.'),
    ...when(draft.taskFunctionId === null, 'taskFunctionId', 'Choose what to run.'),
    ...scheduleProblems(draft),
    ...argumentProblems(draft, taskFunction),
    ...numberProblems(draft),
    ...windowProblems(draft),
  };
}

function scheduleProblems({ schedule }: JobDraft): Problems {
  const negative = schedule.mode === 'interval' ? INTERVAL_UNITS.filter((unit) => (schedule.interval[unit] ?? 0) < 0) : [];
  if (negative.length > 0) return Object.fromEntries(negative.map((unit) => [`scheduleConfig.${unit}`, `No fewer than 0 ${unit}.`]));
  if (wireSchedule(schedule) !== null) return {};
  switch (schedule.mode) {
    case 'interval':
      return { 'scheduleConfig.hours': 'Give it a period.' };
    case 'visual':
      return { 'scheduleConfig.days': 'Choose at least one day.' };
    case 'cron':
      return { 'scheduleConfig.expression': 'Write a cron expression.' };
    case 'once':
      return { 'scheduleConfig.at': 'Choose a date and a time.' };
  }
}

function argumentProblems(draft: JobDraft, taskFunction: TaskFunction | null): Problems {
  const { '': whole, ...wrong } = draft.taskArgsWrong;
  if (whole !== undefined) return { taskArgs: whole };
  const missing = missingMembers(fieldsOf(taskFunction?.argumentSchema ?? null), draft.taskArgs);
  const found = { ...Object.fromEntries(missing.map((member) => [member, 'The task function needs this.'])), ...wrong };
  return Object.fromEntries(Object.entries(found).map(([member, message]) => [`taskArgs.${member}`, message]));
}

function numberProblems(draft: JobDraft): Problems {
  const names = Object.keys(NUMBER_FIELDS) as (keyof JobNumbers)[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const { min, max, path, isWhole } = NUMBER_FIELDS[name];
      const value = draft[name];
      const isGood = value !== null && value >= min && value <= max && (!isWhole || Number.isInteger(value));
      return isGood ? [] : [[path, `A ${isWhole ? 'whole number' : 'number'} from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`] as const];
    }),
  );
}

function windowProblems({ startWall, endWall, schedule }: JobDraft): Problems {
  const [start, end] = [startWall, endWall].map((wall) => (wall === '' ? null : instantOfWall(wall, schedule.timezone)));
  return {
    ...when(startWall !== '' && start === null, 'startAt', 'Choose a date and a time.'),
    ...when(endWall !== '' && end === null, 'endAt', 'Choose a date and a time.'),
    ...when(typeof start === 'string' && typeof end === 'string' && start > end, 'endAt', 'It ends before it begins.'),
  };
}

function when(isWrong: boolean, path: string, message: string): Problems {
  return isWrong ? { [path]: message } : {};
}

/** Of a 422. Several about one member are put together. */
export function problemsOfViolations(violations: readonly Violation[]): Problems {
  const problems: Record<string, string> = {};
  for (const { loc, msg } of violations) {
    const path = loc.filter((part) => part !== 'body').join('.');
    const message = `${msg.charAt(0).toUpperCase()}${msg.slice(1)}${/[.!?]$/.test(msg) ? '' : '.'}`;
    problems[path] = problems[path] === undefined ? message : `${problems[path]} ${message}`;
  }
  return problems;
}

export const SECTIONS = [
  ['basics', 'Basics', ['name', 'description', 'isEnabled']],
  ['task', 'What to run', ['taskFunctionId']],
  ['schedule', 'Schedule', ['jobTypeId', 'scheduleConfig']],
  ['arguments', 'Arguments', ['taskArgs']],
  ['reliability', 'Reliability', [...Object.values(NUMBER_FIELDS).map(({ path }) => path), 'retryBackoff', 'overlapPolicy', 'catchUp', 'onWorkerLost']],
  ['dependencies', 'Dependencies', ['dependsOn']],
  ['window', 'Window', ['startAt', 'endAt']],
  ['review', 'Review', []],
] as const satisfies readonly (readonly [id: string, title: string, members: readonly string[]])[];
export type SectionId = (typeof SECTIONS)[number][0];

/** The section that has the field; the first one for what has none. */
export function sectionOf(path: string): SectionId {
  const member = path.split('.')[0] ?? '';
  return SECTIONS.find(([, , members]) => (members as readonly string[]).some((known) => known === path || known.split('.')[0] === member))?.[0] ?? 'basics';
}

/** Of the field of a path. */
export function fieldId(path: string): string {
  return `field-${path.replaceAll('.', '-')}`;
}

export function sectionElementId(id: SectionId): string {
  return `section-${id}`;
}

/** Problems of the members below a path, by their own name; '' is the path itself. */
export function problemsBelow(problems: Problems, path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems)
      .filter(([key]) => key === path || key.startsWith(`${path}.`))
      .map(([key, message]) => [key.slice(path.length + 1), message]),
  );
}
