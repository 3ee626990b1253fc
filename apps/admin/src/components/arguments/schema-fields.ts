/** Which form fields a JSON schema of arguments asks for, and how what is typed becomes JSON. Pure. */
import type { Json, JsonObject } from '@/api/types';

/** `json` is everything that has no field of its own: it is typed as JSON. */
export type FieldKind = 'text' | 'long-text' | 'number' | 'integer' | 'flag' | 'choice' | 'texts' | 'pairs' | 'json';

export interface SchemaField {
  readonly name: string;
  /** The schema's title, else the name with its underscores as blanks. */
  readonly label: string;
  readonly description: string | null;
  readonly kind: FieldKind;
  readonly isRequired: boolean;
  /** Of `choice`. */
  readonly choices: readonly string[];
  readonly min: number | null;
  readonly max: number | null;
}

/** Fields of the properties, in the schema's order, required ones first. Empty when the schema names none. */
export function fieldsOf(schema: JsonObject | null): SchemaField[] {
  const properties = asObject(schema?.['properties']);
  const required = requiredOf(schema ?? {});
  const fields = Object.entries(properties).map(([name, property]) => fieldOf(name, asObject(property), required.includes(name)));
  return [...fields.filter(({ isRequired }) => isRequired), ...fields.filter(({ isRequired }) => !isRequired)];
}

/**
 * What is needed of which one is enough, in words: `One of script_path or scriptPath is needed.` Null when the schema asks for
 * no such thing. The API decides whether it is there.
 */
export function alternativesText(schema: JsonObject | null): string | null {
  const branches = schema?.['anyOf'] ?? schema?.['oneOf'];
  if (!Array.isArray(branches)) return null;
  const sets = branches.map((branch) => requiredOf(asObject(branch)));
  if (sets.length < 2 || sets.some((names) => names.length === 0)) return null;
  const words = sets.map((names) => names.join(' with '));
  return `One of ${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''} is needed.`;
}

/** Members that the schema has no field for: only the JSON view shows them. */
export function otherMembers(fields: readonly SchemaField[], value: JsonObject): string[] {
  const names = new Set(fields.map(({ name }) => name));
  return Object.keys(value).filter((name) => !names.has(name));
}

/** What is wrong that no field can show: of all arguments, as it is, and of members without a field, with their name. */
export function problemsWithoutField(fields: readonly SchemaField[], problems: Readonly<Record<string, string>>): string[] {
  const names = new Set(fields.map(({ name }) => name));
  return Object.entries(problems)
    .filter(([name]) => !names.has(name))
    .map(([name, problem]) => (name === '' ? problem : `${name}: ${problem}`));
}

/** Sets a member, or leaves it out: undefined. */
export function withMember(value: JsonObject, name: string, member: Json | undefined): JsonObject {
  if (member !== undefined) return { ...value, [name]: member };
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

/** Names of required members that are missing or empty. */
export function missingMembers(fields: readonly SchemaField[], value: JsonObject): string[] {
  return fields.filter(({ name, isRequired }) => isRequired && (value[name] === undefined || value[name] === '')).map(({ name }) => name);
}

/** What is wrong with the texts that are typed, by member; '' is that of the arguments as a whole. */
export type TextProblems = Readonly<Record<string, string>>;

/** What is wrong with one text; null when nothing is any more. */
export function withProblem(problems: TextProblems, name: string, problem: string | null): TextProblems {
  const others = Object.entries(problems).filter(([key]) => key !== name);
  return Object.fromEntries(problem === null ? others : [...others, [name, problem]]);
}

export type JsonParse = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string };

export function parseJson(text: string): JsonParse {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return { ok: false, problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Arguments are one object; nothing typed is an empty one. */
export function parseArguments(text: string): { readonly ok: true; readonly value: JsonObject } | { readonly ok: false; readonly problem: string } {
  if (text.trim() === '') return { ok: true, value: {} };
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  return isObject(parsed.value) ? { ok: true, value: parsed.value } : { ok: false, problem: 'Arguments are one JSON object: { … }' };
}

/** `KEY=value` a line, as in files of environment variables. */
export function pairsText(pairs: Json | undefined): string {
  return Object.entries(asObject(pairs))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}

/** Lines without a name are left out. Undefined when there is none. */
export function parsePairs(text: string): JsonObject | undefined {
  const entries = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf('=');
      return at === -1 ? ([line.trim(), ''] as const) : ([line.slice(0, at).trim(), line.slice(at + 1)] as const);
    })
    .filter(([name]) => name !== '');
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const LONG_TEXTS = new Set(['command', 'script', 'body', 'query', 'sql']);

function fieldOf(name: string, property: JsonObject, isRequired: boolean): SchemaField {
  return {
    name,
    label: text(property['title']) ?? spoken(name),
    description: text(property['description']),
    kind: kindOf(name, property),
    isRequired,
    choices: Array.isArray(property['enum']) ? property['enum'].filter((choice) => typeof choice === 'string') : [],
    min: numeric(property['minimum']),
    max: numeric(property['maximum']),
  };
}

function kindOf(name: string, property: JsonObject): FieldKind {
  const { type } = property;
  if (Array.isArray(property['enum'])) return property['enum'].every((choice) => typeof choice === 'string') ? 'choice' : 'json';
  if (type === 'string') return LONG_TEXTS.has(name) ? 'long-text' : 'text';
  if (type === 'integer' || type === 'number') return type;
  if (type === 'boolean') return 'flag';
  if (type === 'array' && asObject(property['items'])['type'] === 'string') return 'texts';
  if (type === 'object' && asObject(property['additionalProperties'])['type'] === 'string' && property['properties'] === undefined) return 'pairs';
  return 'json';
}

/** `working_directory`, `workingDirectory` → `Working directory`. */
function spoken(name: string): string {
  const words = name.replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function requiredOf(schema: JsonObject): string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numeric(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
