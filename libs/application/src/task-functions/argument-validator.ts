import { DomainError, type Violation } from '#domain/errors.js';
import type { JsonObject } from '#domain/json.js';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { TaskFunction } from './task-function.js';

/**
 * What whoever runs a task function says of arguments that fit its schema: rules that a schema cannot state.
 * @returns paths as the caller spelled them; empty when nothing is wrong
 */
export type ArgumentCheck = (taskFunction: string, args: JsonObject) => readonly Violation[];

/**
 * Checks a job's arguments against the schema that its task function declares, then by its executor's rules, so that a
 * mistake is answered when the job is saved and not when it fires. Schemas are compiled once.
 */
export class ArgumentValidator {
  private readonly ajv: Ajv;
  private readonly compiled = new Map<string, ValidateFunction>();

  /** @param check the executors' own rules. @default none */
  constructor(private readonly executorCheck: ArgumentCheck = () => []) {
    this.ajv = new Ajv({ allErrors: true, strict: false });
    addFormats.default(this.ajv);
  }

  /** @throws DomainError `VALIDATION_FAILED` with a violation per wrong member, paths below `taskArgs` */
  check(taskFunction: TaskFunction, args: JsonObject | null): void {
    const bySchema = this.bySchema(taskFunction.argumentSchema, args ?? {});
    const violations = bySchema.length > 0 ? bySchema : this.byExecutor(taskFunction.name, args ?? {});
    if (violations.length === 0) return;
    throw new DomainError('VALIDATION_FAILED', `Invalid arguments for ${taskFunction.name}`, violations);
  }

  private bySchema(schema: JsonObject | null, args: JsonObject): Violation[] {
    if (schema === null) return [];
    const validate = this.validatorOf(schema);
    return validate(args) ? [] : (validate.errors ?? []).map(toViolation);
  }

  private byExecutor(taskFunction: string, args: JsonObject): Violation[] {
    return this.executorCheck(taskFunction, args).map(({ path, message }) => ({ path: ['taskArgs', ...path], message, kind: 'value_error' }));
  }

  private validatorOf(schema: JsonObject): ValidateFunction {
    const key = JSON.stringify(schema);
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const validate = this.ajv.compile(schema);
    this.compiled.set(key, validate);
    return validate;
  }
}

function toViolation(error: ErrorObject): Violation {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  if (error.keyword === 'required') {
    const member = (error.params as { missingProperty: string }).missingProperty;
    return { path: ['taskArgs', ...path, member], message: 'field required', kind: 'value_error.missing' };
  }
  return { path: ['taskArgs', ...path], message: error.message ?? 'invalid value', kind: 'value_error' };
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
