/** Which jobs a change of many is for: those that were ticked, or, as a second step, all that match the filter. */
import type { JobBulk, JobBulkAction, JobBulkResult, JobFilter } from '@/api/contract';

/**
 * `count` of all matches is the one that the user saw: the API refuses when there are others by then. `disabled` are those of
 * them that cannot be run by hand.
 */
export type Chosen =
  | { readonly kind: 'ids'; readonly ids: readonly string[]; readonly disabled: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly filter: JobFilter; readonly count: number; readonly disabled: number };

export const MOST_IDS = 500;

export function countOf(chosen: Chosen): number {
  return chosen.kind === 'all' ? chosen.count : chosen.ids.length;
}

/** Those that a change is for: only the enabled ones can be run. */
export function meantBy(action: JobBulkAction, chosen: Chosen): Chosen {
  if (action !== 'trigger') return chosen;
  if (chosen.kind === 'ids') return { ...chosen, ids: chosen.ids.filter((id) => !chosen.disabled.has(id)), disabled: new Set() };
  return chosen.disabled === 0 ? chosen : { ...chosen, filter: { ...chosen.filter, is_enabled: true }, count: chosen.count - chosen.disabled, disabled: 0 };
}

export function toBulk(action: JobBulkAction, chosen: Chosen): JobBulk {
  return chosen.kind === 'all' ? { action, filter: chosen.filter, expectedCount: chosen.count } : { action, ids: [...chosen.ids] };
}

const DONE: Readonly<Record<JobBulkAction, string>> = { enable: 'Enabled', disable: 'Disabled', pause: 'Paused', resume: 'Resumed', trigger: 'Started', delete: 'Deleted' };

/** `12 jobs`, `1 job`. */
export function jobsWord(count: number): string {
  return `${String(count)} ${count === 1 ? 'job' : 'jobs'}`;
}

/** `Enabled 3 jobs. 2 needed no change.`; those that failed are told apart. */
export function resultText(action: JobBulkAction, { matched, changed, failed }: JobBulkResult): string {
  const untouched = matched - changed - failed.length;
  const done = `${DONE[action]} ${jobsWord(changed)}.`;
  return untouched > 0 ? `${done} ${String(untouched)} needed no change.` : done;
}

/** `2 jobs were left as they are: a (is running), b (…)`; at most five by name. Null when none failed. */
export function failureText({ failed }: JobBulkResult): string | null {
  if (failed.length === 0) return null;
  const named = failed.slice(0, 5).map(({ name, detail }) => `${name} (${detail})`);
  const rest = failed.length - named.length;
  return `${jobsWord(failed.length)} could not be changed: ${named.join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}
