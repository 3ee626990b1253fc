import type { Json, JsonObject } from '@/api/types';

export interface Change {
  readonly name: string;
  /** Null when there was none before: the thing was created. */
  readonly before: string | null;
  /** Null when there is none after: the thing was deleted. */
  readonly after: string | null;
}

/** Members of a thing with what they were and became, from `{before, after}`; without either, none. */
export function changesOf(details: JsonObject | null): Change[] {
  const before = objectOf(details?.['before']);
  const after = objectOf(details?.['after']);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = names.map((name) => ({ name, before: textOf(before, name), after: textOf(after, name) }));
  return changes.filter((change) => change.before !== change.after);
}

/** What else an entry says, beside names that its row has anyway; null when nothing. */
export function otherDetails(details: JsonObject | null): JsonObject | null {
  const rest = Object.entries(details ?? {}).filter(([name]) => !['before', 'after', 'changed', 'name'].includes(name));
  return rest.length === 0 ? null : Object.fromEntries(rest);
}

/** `isEnabled: true → false`, or how many members there are. */
export function summaryOf(details: JsonObject | null): string {
  const changes = changesOf(details);
  const [first] = changes;
  if (first === undefined) {
    const rest = Object.entries(otherDetails(details) ?? {}).map(([name, value]) => `${name}: ${shown(value)}`);
    return rest.join(', ');
  }
  if (changes.length === 1) return first.before === null || first.after === null ? `${first.name}: ${first.after ?? first.before ?? ''}` : `${first.name}: ${first.before} → ${first.after}`;
  return changes.length <= 4 ? changes.map(({ name }) => name).join(', ') : `${String(changes.length)} members`;
}

function textOf(values: JsonObject, name: string): string | null {
  return Object.hasOwn(values, name) ? shown(values[name] ?? null) : null;
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
