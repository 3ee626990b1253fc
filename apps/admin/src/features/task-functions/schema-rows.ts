import type { Json, JsonObject } from '@/api/types';

/** One argument as the schema describes it. */
export interface ArgumentRow {
  readonly name: string;
  /** `string`, `integer`, `string[]`, `one of copy, tar.gz`, `any`. */
  readonly type: string;
  readonly isRequired: boolean;
  /** `1 to 36500`, `at most 4096 characters`; empty when there are none. */
  readonly limits: string;
  readonly description: string;
}

/** Arguments of an object schema, required ones first, else in its order. Parts that are no simple members stay in the schema itself. */
export function argumentRows(schema: JsonObject | null): ArgumentRow[] {
  const properties = objectOf(schema?.['properties']);
  const required = new Set(listOf(schema?.['required']));
  const rows = Object.entries(properties).map(([name, member]) => rowOf(name, objectOf(member), required.has(name)));
  return [...rows.filter(({ isRequired }) => isRequired), ...rows.filter(({ isRequired }) => !isRequired)];
}

function rowOf(name: string, member: JsonObject, isRequired: boolean): ArgumentRow {
  const description = typeof member['description'] === 'string' ? member['description'] : '';
  return { name, type: typeOf(member), isRequired, limits: limitsOf(member), description };
}

function typeOf(member: JsonObject): string {
  const choices = member['enum'];
  if (Array.isArray(choices)) return `one of ${choices.map((choice) => (typeof choice === 'string' ? choice : JSON.stringify(choice))).join(', ')}`;
  const type = member['type'];
  if (type === 'array') return `${typeOf(objectOf(member['items']))}[]`;
  if (Array.isArray(type)) return type.filter((name) => typeof name === 'string').join(' or ');
  return typeof type === 'string' ? type : 'any';
}

function limitsOf(member: JsonObject): string {
  const parts = [rangeOf(member['minimum'], member['maximum'], ''), rangeOf(lengthFrom(member['minLength']), member['maxLength'], ' characters')];
  if (Object.hasOwn(member, 'default')) parts.push(`default ${JSON.stringify(member['default'])}`);
  return parts.filter((part) => part !== '').join(', ');
}

/** That something must not be empty goes without saying. */
function lengthFrom(minimum: Json | undefined): Json | undefined {
  return minimum === 0 || minimum === 1 ? undefined : minimum;
}

function rangeOf(minimum: Json | undefined, maximum: Json | undefined, unit: string): string {
  if (typeof minimum === 'number' && typeof maximum === 'number') return `${String(minimum)} to ${String(maximum)}${unit}`;
  if (typeof minimum === 'number') return `at least ${String(minimum)}${unit}`;
  return typeof maximum === 'number' ? `at most ${String(maximum)}${unit}` : '';
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
