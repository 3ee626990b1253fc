import { Body, Injectable, Param, Query, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { Violation } from '#domain/errors.js';
import { validate, type ValidatorOptions } from 'class-validator';
import type { InputPlace } from './dialect.js';
import { HttpFailure } from './http-failure.js';
import { inputInstance, type InputClass } from './input-instance.js';
import { MISSING_BODY, NOT_AN_OBJECT, toViolations } from './input-violations.js';
import { boundViolations } from './json-bounds.js';

/** A part of the request did not pass its DTO. */
export class InputError extends HttpFailure {
  constructor(place: InputPlace, violations: readonly Violation[]) {
    super({ kind: 'input', place, violations });
    this.name = 'InputError';
  }
}

/** What a DTO may decide for itself. */
export interface InputOptions {
  /** Members that the DTO does not know. @default 'ignore' */
  readonly unknownMembers?: 'ignore' | 'refuse';
}

/**
 * Makes a DTO of a part of the request and checks it. Nothing is converted silently: `"5"` is no number unless the DTO
 * says so with `@NestedMember` or `@ConvertedMember`. What no dialect accepts anywhere in a body or query (NUL characters, unpaired
 * surrogates, absurd depth) was refused before, by `readBodies`; here it is for path parameters.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  private readonly validation: ValidatorOptions;

  constructor(
    private readonly place: InputPlace,
    options: InputOptions = {},
  ) {
    this.validation = {
      whitelist: true,
      forbidNonWhitelisted: options.unknownMembers === 'refuse',
      forbidUnknownValues: true,
      validationError: { target: true, value: true },
    };
  }

  /** @throws InputError */
  async transform(value: unknown, { metatype }: ArgumentMetadata): Promise<unknown> {
    if (metatype === undefined) throw new Error('An input needs a DTO class as its type');
    const problems = this.place === 'path' ? [...shapeProblems(value), ...boundViolations(value)] : shapeProblems(value);
    if (problems.length > 0) throw new InputError(this.place, problems);
    const input = inputInstance(metatype as InputClass, value as object);
    const violations = toViolations(await validate(input, this.validation));
    if (violations.length > 0) throw new InputError(this.place, violations);
    return input;
  }
}

function shapeProblems(value: unknown): Violation[] {
  if (value === undefined) return [MISSING_BODY];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? [] : [NOT_AN_OBJECT];
}

/** The checked body; the parameter's type is its DTO. */
export const ValidatedBody = (options?: InputOptions): ParameterDecorator => Body(new InputPipe('body', options));

/** The checked query; the parameter's type is its DTO. */
export const ValidatedQuery = (options?: InputOptions): ParameterDecorator => Query(new InputPipe('query', options));

/** The checked path parameters; the parameter's type is their DTO. */
export const ValidatedPath = (options?: InputOptions): ParameterDecorator => Param(new InputPipe('path', options));
