/** The first steps of a new installation, and which of them have been taken. Pure. */
import type { Job } from '@/api/types';

export interface Step {
  readonly title: string;
  readonly detail: string;
  readonly href: string;
  /** What the link to it says. */
  readonly action: string;
  readonly isDone: boolean;
  /** Whether who looks may take it. */
  readonly isAllowed: boolean;
}

export interface Installation {
  /** The newest jobs, those that Takt brought along among them: they have no author. */
  readonly newest: readonly Pick<Job, 'createdBy' | 'lastStatus'>[];
  readonly mayWrite: boolean;
  /** Null for those who may look at neither: they are not shown these steps. */
  readonly access: { readonly hasInvited: boolean; readonly hasKeys: boolean } | null;
}

/** A job of somebody's own counts as run when it has started once, by whatever. */
export function firstSteps({ newest, mayWrite, access }: Installation): Step[] {
  const own = newest.filter(({ createdBy }) => createdBy !== null);
  const hasRun = own.some(({ lastStatus }) => lastStatus !== null);
  const steps: Step[] = [
    { title: 'Create the first job', detail: 'What to run, and when.', href: '/jobs/new', action: 'New job', isDone: own.length > 0, isAllowed: mayWrite },
    { title: 'Run it', detail: 'It runs by its schedule, or now from the list of jobs.', href: '/jobs', action: 'Jobs', isDone: hasRun, isAllowed: true },
  ];
  if (access === null) return steps;
  return [
    ...steps,
    { title: 'Invite somebody', detail: 'Viewers look, operators run and change, administrators may do everything.', href: '/settings/users', action: 'Users', isDone: access.hasInvited, isAllowed: true },
    { title: 'Make an API key', detail: 'For scripts and other systems that start jobs.', href: '/settings/api-keys', action: 'API keys', isDone: access.hasKeys, isAllowed: true },
  ];
}

/** What stands above them. */
export function progressText(steps: readonly Step[]): string {
  const done = steps.filter(({ isDone }) => isDone).length;
  if (steps[0]?.isDone !== true) return 'Nobody has created a job yet: what runs here belongs to Takt itself.';
  return `${String(done)} of ${String(steps.length)} are done.`;
}
