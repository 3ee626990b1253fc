/** Which jobs a change of many is for: those that were ticked, or, as a second step, all that match the filter. */
import type { JobBulk, JobBulkAction, JobBulkResult, JobFilter } from '@/api/contract';
import { counted } from '@/components/words';

/**
 * `count` of all matches is the one that the user saw: the API refuses when there are others by then. `disabled` are those of
 * them that cannot be run by hand, `kept` those that run a system function, which nobody can delete; among all matches the
 * latter are not known.
 */
export type Chosen =
  | { readonly kind: 'ids'; readonly ids: readonly string[]; readonly disabled: ReadonlySet<string>; readonly kept: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly filter: JobFilter; readonly count: number; readonly disabled: number };

export const MOST_IDS = 500;
const NONE: ReadonlySet<string> = new Set();

export function countOf(chosen: Chosen): number {
  return chosen.kind === 'all' ? chosen.count : chosen.ids.length;
}

/** Those that a change is for: only the enabled ones can be run, and only what is no part of the system can be deleted. */
export function meantBy(action: JobBulkAction, chosen: Chosen): Chosen {
  if (chosen.kind === 'ids') {
    const leftOut = action === 'trigger' ? chosen.disabled : action === 'delete' ? chosen.kept : NONE;
    return { ...chosen, ids: chosen.ids.filter((id) => !leftOut.has(id)) };
  }
  if (action !== 'trigger') return chosen;
  return chosen.disabled === 0 ? chosen : { ...chosen, filter: { ...chosen.filter, is_enabled: true }, count: chosen.count - chosen.disabled, disabled: 0 };
}

export function toBulk(action: JobBulkAction, chosen: Chosen): JobBulk {
  return chosen.kind === 'all' ? { action, filter: chosen.filter, expectedCount: chosen.count } : { action, ids: [...chosen.ids] };
}

const DONE: Readonly<Record<JobBulkAction, string>> = { enable: 'Enabled', disable: 'Disabled', pause: 'Paused', resume: 'Resumed', trigger: 'Started', delete: 'Deleted' };

/** `Enabled 3 jobs. 2 needed no change.`; those that failed are told apart. */
export function resultText(action: JobBulkAction, { matched, changed, failed }: JobBulkResult): string {
  const untouched = matched - changed - failed.length;
  const done = `${DONE[action]} ${counted(changed, 'job')}.`;
  return untouched > 0 ? `${done} ${String(untouched)} needed no change.` : done;
}

/** `2 jobs could not be changed: a (is running), b (…)`; at most five, each named once. Null when none failed. */
export function failureText({ failed }: JobBulkResult): string | null {
  if (failed.length === 0) return null;
  const named = failed.slice(0, 5).map(({ name, detail }) => (detail.includes(name) ? detail : `${name} (${detail})`));
  const rest = failed.length - named.length;
  return `${counted(failed.length, 'job')} could not be changed: ${named.join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}
