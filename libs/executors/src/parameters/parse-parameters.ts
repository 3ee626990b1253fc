/**
 * Checks the arguments of a task. Documents write members in snake_case, TypeScript callers in camelCase; both are taken,
 * and messages name a member as the caller wrote it.
 */
import { z } from 'zod';
import type { JsonObject } from '#domain/json.js';

/** One thing that is wrong: where, in the caller's spelling, and what in words. */
export interface ParameterProblem {
  readonly path: readonly string[];
  readonly message: string;
}

export type ParsedParameters<Value> =
  | { readonly ok: true; readonly value: Value; readonly unknown: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly problems: readonly ParameterProblem[] };

/**
 * Checks `args` against a schema whose members are camelCase.
 * @returns the value and the names that the schema does not know, or one message with everything that is wrong
 */
export function parseParameters<Schema extends z.ZodObject>(schema: Schema, args: JsonObject): ParsedParameters<z.output<Schema>> {
  const members = new Map<string, unknown>();
  const asWritten = new Map<string, string>();
  for (const [name, value] of Object.entries(args)) {
    const member = camelCase(name);
    const earlier = asWritten.get(member);
    if (earlier !== undefined) return givenTwice(earlier, name);
    asWritten.set(member, name);
    // An absent member and null mean the same, as in the wire documents.
    if (value !== null) members.set(member, value);
  }
  const parsed = schema.safeParse(Object.fromEntries(members));
  if (parsed.success) {
    const unknown = [...members.keys()].filter((name) => !Object.hasOwn(schema.shape, name));
    return { ok: true, value: parsed.data, unknown: unknown.map((name) => asWritten.get(name) ?? name) };
  }
  const problems = parsed.error.issues.map(({ path, message }) => {
    const [member, ...rest] = path.map(String);
    const name = asWritten.get(member ?? '') ?? snakeCase(member ?? '');
    return { path: [name, ...rest], message };
  });
  const message = `invalid parameters: ${problems.map((problem) => `${problem.path.join('.')}: ${problem.message}`).join('; ')}`;
  return { ok: false, message, problems };
}

function givenTwice(earlier: string, name: string): ParsedParameters<never> {
  const message = `${earlier} and ${name} are the same parameter`;
  return { ok: false, message: `invalid parameters: ${message}`, problems: [{ path: [name], message }] };
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
