import type { Violation } from '#domain/errors.js';
import type { ValidationError } from 'class-validator';

/** Kinds and words of type errors, after pydantic v1, whose names document 001 uses. */
const TYPE_ERRORS: Readonly<Record<string, { readonly kind: string; readonly message: string }>> = {
  isString: { kind: 'type_error.str', message: 'str type expected' },
  isInt: { kind: 'type_error.integer', message: 'value is not a valid integer' },
  isNumber: { kind: 'type_error.float', message: 'value is not a valid float' },
  isBoolean: { kind: 'type_error.bool', message: 'value could not be parsed to a boolean' },
  isArray: { kind: 'type_error.list', message: 'value is not a valid list' },
  isObject: { kind: 'type_error.dict', message: 'value is not a valid dict' },
  nestedValidation: { kind: 'type_error.dict', message: 'value is not a valid dict' },
  isUuid: { kind: 'type_error.uuid', message: 'value is not a valid uuid' },
  isIn: { kind: 'type_error.enum', message: '' },
  isEnum: { kind: 'type_error.enum', message: '' },
};

const VALUE_ERROR_KINDS: Readonly<Record<string, string>> = {
  min: 'value_error.number.not_ge',
  max: 'value_error.number.not_le',
  minLength: 'value_error.any_str.min_length',
  maxLength: 'value_error.any_str.max_length',
  isLength: 'value_error.any_str.length',
  matches: 'value_error.str.regex',
  isNotEmpty: 'value_error.any_str.min_length',
  arrayMinSize: 'value_error.list.min_items',
  arrayMaxSize: 'value_error.list.max_items',
  arrayNotEmpty: 'value_error.list.min_items',
  arrayUnique: 'value_error.list.unique_items',
};

/** A body, or a place where an object must be, that holds something else. */
export const NOT_AN_OBJECT: Violation = { path: [], message: 'value is not a valid dict', kind: 'type_error.dict' };

/** A request without a body. */
export const MISSING_BODY: Violation = { path: [], message: 'field required', kind: 'value_error.missing' };

/**
 * Turns what class-validator found into violations: for each member "missing" alone, else what is wrong with its type
 * alone, else everything that is wrong with its value.
 */
export function toViolations(errors: readonly ValidationError[], parent: readonly (string | number)[] = []): Violation[] {
  return errors.flatMap((error) => {
    const path = [...parent, segment(error)];
    return [...ownViolations(error, path), ...toViolations(error.children ?? [], path)];
  });
}

function ownViolations(error: ValidationError, path: (string | number)[]): Violation[] {
  const constraints = Object.entries(error.constraints ?? {});
  if (constraints.length === 0) return [];
  if (error.value === undefined) return [{ ...MISSING_BODY, path }];
  const typeError = constraints.find(([name]) => name in TYPE_ERRORS);
  const relevant = typeError ? [typeError] : constraints;
  return relevant.map(([name, message]) => {
    const known = TYPE_ERRORS[name];
    const words = known !== undefined && isDefaultMessage(message, error.property) ? known.message : '';
    const kind = contextKind(error, name) ?? known?.kind ?? VALUE_ERROR_KINDS[name] ?? 'value_error';
    return { path, message: words || withoutProperty(message, error.property), kind };
  });
}

/** A decorator of a dialect names its own kind with `context: { kind }`. */
function contextKind(error: ValidationError, constraint: string): string | undefined {
  const contexts = error.contexts as Record<string, { readonly kind?: string } | undefined> | undefined;
  return contexts?.[constraint]?.kind;
}

/** Indexes of arrays are numbers in a path. */
function segment(error: ValidationError): string | number {
  return Array.isArray(error.target) ? Number(error.property) : error.property;
}

/** class-validator's own messages name the member; one that a DTO words itself is left as it is. */
function isDefaultMessage(message: string, property: string): boolean {
  return message.startsWith(`${property} `) || message.startsWith(`each value in ${property} `) || message.includes(`property ${property} `);
}

function withoutProperty(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
