/** Audit entries of a job as people read them. Pure. */
import type { AuditEntry, Json, JsonObject } from '@/api/types';

export interface MemberChange {
  readonly member: string;
  /** Undefined where there was nothing. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Members with their values before and after; of a creation only those after. Empty when the entry says nothing of members. */
export function memberChanges({ details }: AuditEntry): MemberChange[] {
  const before = objectOf(details?.['before']);
  const after = objectOf(details?.['after']);
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return members
    .map((member) => ({ member, before: written(before[member]), after: written(after[member]) }))
    .filter((change) => change.before !== change.after);
}

/** `job.updated` → `Updated`, `job.status_changed` → `Status changed`. */
export function actionText(action: string): string {
  const words = action.replace(/^job\./, '').replaceAll('_', ' ').replaceAll('.', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function written(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
