import type { Violation } from '#domain/errors.js';
import { isTimeZone, assertTimeZone } from './time-zone.js';

/** A schedule configuration as it came over the wire: an object with unknown members. */
export type ConfigInput = Readonly<Record<string, unknown>>;

/** A value, or what is wrong with the input. */
export type Checked<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly violations: readonly Violation[] };

export const NOT_AN_INTEGER = { message: 'value is not a valid integer', kind: 'type_error.integer' } as const;

/** Narrows to a plain object; arrays, null and scalars are none. */
export function isConfigInput(value: unknown): value is ConfigInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valid<Value>(value: Value): Checked<Value> {
  return { ok: true, value };
}

/** A refusal with one violation at a member; no member means the configuration as a whole. */
export function violated(member: string | null, message: string, kind?: string): Checked<never> {
  return { ok: false, violations: [violation(member, message, kind)] };
}

export function violation(member: string | null, message: string, kind?: string): Violation {
  const path = member === null ? [] : [member];
  return kind === undefined ? { path, message } : { path, message, kind };
}

/** The first of several spellings that the input has; members that are null count as left out. */
export function memberOf(input: ConfigInput, spellings: readonly string[]): { name: string; value: unknown } | null {
  for (const name of spellings) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    if (value !== undefined && value !== null) return { name, value };
  }
  return null;
}

const TIME_ZONE_MEMBERS = ['timezone', 'timeZone', 'time_zone'];

/** The configuration's own time zone in its usual spelling, or the default when it names none. */
export function timeZoneOf(input: ConfigInput, defaultTimeZone: string): Checked<string> {
  const member = memberOf(input, TIME_ZONE_MEMBERS);
  if (member === null) return valid(assertTimeZone(defaultTimeZone));
  const { name, value } = member;
  if (typeof value !== 'string') return violated(name, 'str type expected', 'type_error.str');
  if (!isTimeZone(value)) return violated(name, 'is not an IANA time zone such as Europe/Berlin or UTC');
  return valid(assertTimeZone(value));
}
