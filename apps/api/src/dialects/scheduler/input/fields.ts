/**
 * Members of requests: each decorator checks a member in the words of the API and describes it in OpenAPI, from the same
 * numbers, so that the two cannot drift apart.
 */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { isUuid } from '#domain/ids.js';
import { ConvertedMember, NestedMember } from '../../../http/input-instance.js';
import { parseInstant } from '../../../http/instant.js';

interface FieldOptions {
  /** What it means, with units. */
  readonly description: string;
  readonly example?: unknown;
  /** Must be there. @default false */
  readonly required?: boolean;
  /** May be null. @default false */
  readonly nullable?: boolean;
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** Largest value of the database's integers. */
export const MAX_INTEGER = 2_147_483_647;

export function IntegerField(options: FieldOptions & Range): PropertyDecorator {
  const { minimum, maximum } = options;
  return field(options, { type: 'integer', minimum, maximum }, [
    isInteger(),
    ...inRange(options),
  ]);
}

export function NumberField(options: FieldOptions & Range): PropertyDecorator {
  const { minimum, maximum } = options;
  return field(options, { type: 'number', minimum, maximum }, [
    IsNumber({}, says('value is not a valid float', 'type_error.float')),
    ...inRange(options),
  ]);
}

export function TextField(options: FieldOptions & { minLength: number; maxLength: number }): PropertyDecorator {
  const { minLength, maxLength } = options;
  return field(options, { type: 'string', minLength, maxLength }, [
    IsString(says('str type expected', 'type_error.str')),
    hasTextOf(minLength),
    MaxLength(maxLength, says(`ensure this value has at most ${String(maxLength)} characters`, 'value_error.any_str.max_length')),
  ]);
}

export function FlagField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: 'boolean' }, [isFlag()]);
}

export function ChoiceField(options: FieldOptions & { values: readonly string[] }): PropertyDecorator {
  return field(options, { type: 'string', enum: [...options.values] }, [isOneOf(options.values)]);
}

/** ISO 8601 with date and time; UTC when it has no offset. */
export function InstantField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: 'string', format: 'date-time' }, [
    ValidateBy(
      { name: 'isInstant', validator: { validate: (value) => parseInstant(value) !== null } },
      says('invalid datetime format', 'value_error.datetime'),
    ),
  ]);
}

export function UuidField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: 'string', format: 'uuid' }, [
    ValidateBy(
      { name: 'isUuid', validator: { validate: (value) => typeof value === 'string' && isUuid(value) } },
      says('value is not a valid uuid', 'type_error.uuid'),
    ),
  ]);
}

/** Several values of a closed set, separated by commas, in a query. */
export function ChoiceListField(options: FieldOptions & { values: readonly string[] }): PropertyDecorator {
  const schema: ApiPropertyOptions = { type: 'string', pattern: `^(${options.values.join('|')})(,(${options.values.join('|')}))*$` };
  const fromText = (value: unknown): unknown => (typeof value === 'string' ? value.split(',') : value);
  const isKnown = (value: unknown): boolean => Array.isArray(value) && value.every((item) => options.values.includes(item as string));
  return field(options, schema, [
    ConvertedMember(fromText),
    ValidateBy({ name: 'isChoiceList', validator: { validate: isKnown } }, says(enumeration(options.values), 'type_error.enum')),
  ]);
}

/** A number in a query, where every value is text. */
export function QueryNumber(options: FieldOptions & Range): PropertyDecorator {
  const { minimum, maximum } = options;
  const fromText = (value: unknown): unknown =>
    typeof value === 'string' && /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value;
  return field(options, { type: 'number', minimum, maximum }, [
    ConvertedMember(fromText),
    IsNumber({}, says('value is not a valid float', 'type_error.float')),
    ...inRange(options),
  ]);
}

/** UUIDs of things, separated by commas, in a query; at most `maxItems` of them. */
export function QueryUuids(options: FieldOptions & { maxItems: number }): PropertyDecorator {
  const { maxItems } = options;
  const fromText = (value: unknown): unknown => (typeof value === 'string' ? value.split(',') : value);
  const isList = (value: unknown): boolean =>
    Array.isArray(value) && value.length <= maxItems && value.every((item) => typeof item === 'string' && isUuid(item));
  return field(options, { type: 'string', maxLength: maxItems * 37 - 1 }, [
    ConvertedMember(fromText),
    ValidateBy({ name: 'isUuids', validator: { validate: isList } }, says(`value is not a list of at most ${String(maxItems)} uuids`, 'type_error.list')),
  ]);
}

/** UUIDs of things, `minItems` to `maxItems` of them, in a body. */
export function UuidListField(options: FieldOptions & { minItems: number; maxItems: number }): PropertyDecorator {
  const { minItems, maxItems } = options;
  const isList = (value: unknown): boolean =>
    Array.isArray(value) && value.every((item) => typeof item === 'string' && isUuid(item));
  const isInBounds = (value: unknown): boolean => !Array.isArray(value) || (value.length >= minItems && value.length <= maxItems);
  return field(options, { type: 'array', items: { type: 'string', format: 'uuid' }, minItems, maxItems }, [
    ValidateBy({ name: 'isUuidList', validator: { validate: isList } }, says('value is not a list of valid uuids', 'type_error.list')),
    ValidateBy(
      { name: 'isListInBounds', validator: { validate: isInBounds } },
      says(`ensure this value has ${String(minItems)} to ${String(maxItems)} items`, 'value_error.list.size'),
    ),
  ]);
}

/** An object with members of its own choice. */
export function ObjectField(options: FieldOptions & { schema: ApiPropertyOptions }): PropertyDecorator {
  return field(options, options.schema, [
    IsObject(says('value is not a valid dict', 'type_error.dict')),
  ]);
}

/** An object that has a class of its own. */
export function NestedField(options: FieldOptions & { type: new () => object }): PropertyDecorator {
  return field(options, { type: options.type }, [
    NestedMember(() => options.type),
    IsObject(says('value is not a valid dict', 'type_error.dict')),
    ValidateNested(),
  ]);
}

/** An integer in a query, where every value is text. */
export function QueryInteger(options: FieldOptions & Range & { default?: number }): PropertyDecorator {
  const { minimum, maximum } = options;
  const schema = { type: 'integer', minimum, maximum, ...(options.default === undefined ? {} : { default: options.default }) };
  const fromText = (value: unknown): unknown =>
    typeof value === 'string' && /^[+-]?\d{1,300}$/.test(value) ? Number(value) : value;
  return field(options, schema as ApiPropertyOptions, [ConvertedMember(fromText), isInteger(), ...inRange(options)]);
}

/** "true" or "false" in a query. */
export function QueryFlag(options: FieldOptions): PropertyDecorator {
  const fromText = (value: unknown): unknown => (value === 'true' || value === 'false' ? value === 'true' : value);
  return field(options, { type: 'string', enum: ['true', 'false'] }, [ConvertedMember(fromText), isFlag()]);
}

function field(options: FieldOptions, schema: ApiPropertyOptions, checks: PropertyDecorator[]): PropertyDecorator {
  const { description, example, required = false, nullable = false } = options;
  const documented = { ...schema, description, required, ...(nullable ? { nullable } : {}) };
  return applyDecorators(
    ApiProperty((example === undefined ? documented : { ...documented, example }) as ApiPropertyOptions),
    ...presence(required, nullable),
    ...checks,
  );
}

/** A required member that is missing fails its type check, and is answered as missing. */
function presence(required: boolean, nullable: boolean): PropertyDecorator[] {
  const isGiven = (value: unknown): boolean => value !== undefined && !(nullable && value === null);
  return required ? [] : [ValidateIf((_input, value: unknown) => isGiven(value))];
}

function isInteger(): PropertyDecorator {
  return IsInt(says('value is not a valid integer', 'type_error.integer'));
}

function isFlag(): PropertyDecorator {
  return IsBoolean(says('value could not be parsed to a boolean', 'type_error.bool'));
}

function inRange({ minimum, maximum }: Range): PropertyDecorator[] {
  return [Min(minimum, notBelow(minimum)), Max(maximum, notAbove(maximum))];
}

function hasTextOf(minLength: number): PropertyDecorator {
  const hasText = (value: unknown): boolean => typeof value === 'string' && Array.from(value.trim()).length >= minLength;
  return ValidateBy(
    { name: 'hasText', validator: { validate: hasText } },
    says(`ensure this value has at least ${String(minLength)} characters`, 'value_error.any_str.min_length'),
  );
}

function isOneOf(values: readonly string[]): PropertyDecorator {
  return IsIn([...values], says(enumeration(values), 'type_error.enum'));
}

function enumeration(values: readonly string[]): string {
  return `value is not a valid enumeration member; permitted: ${values.map((value) => `'${value}'`).join(', ')}`;
}

function notBelow(minimum: number): ValidationOptions {
  return says(`ensure this value is greater than or equal to ${String(minimum)}`, 'value_error.number.not_ge');
}

function notAbove(maximum: number): ValidationOptions {
  return says(`ensure this value is less than or equal to ${String(maximum)}`, 'value_error.number.not_le');
}

function says(message: string, kind: string): ValidationOptions {
  return { message, context: { kind } };
}
