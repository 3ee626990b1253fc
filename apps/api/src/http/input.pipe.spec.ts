import 'reflect-metadata';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { describe, expect, test } from 'vitest';
import type { InputPlace } from './dialect.js';
import { NestedMember } from './input-instance.js';
import { InputError, InputPipe, type InputOptions } from './input.pipe.js';

class Schedule {
  @IsInt()
  @Min(0)
  hours!: number;
}

class Job {
  @IsString()
  @Length(2, 5)
  name!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10)
  retries?: number;

  @IsOptional()
  @ValidateNested()
  @NestedMember(() => Schedule)
  schedule?: Schedule;

  @IsOptional()
  @IsArray()
  @IsIn(['a', 'b'], { each: true })
  letters?: string[];
}

const pipe = (value: unknown, place: InputPlace = 'body', options?: InputOptions): Promise<unknown> =>
  new InputPipe(place, options).transform(value, { type: 'body', metatype: Job });

async function violationsOf(value: unknown, place: InputPlace = 'body', options?: InputOptions): Promise<unknown> {
  const error = await pipe(value, place, options).catch((caught: unknown) => caught);
  if (!(error instanceof InputError) || error.failure.kind !== 'input') throw new Error('no InputError was thrown');
  return error.failure.violations;
}

describe('InputPipe', () => {
  test('makes an instance of the DTO and leaves out what it does not know', async () => {
    const job = await pipe({ name: 'ab', isAdmin: true, schedule: { hours: 1 } });
    expect(job).toBeInstanceOf(Job);
    expect(job).toEqual({ name: 'ab', schedule: { hours: 1 } });
  });

  test('refuses unknown members when the route wants it so', async () => {
    expect(await violationsOf({ name: 'ab', isAdmin: true }, 'body', { unknownMembers: 'refuse' })).toMatchObject([{ path: ['isAdmin'] }]);
  });

  test('says that a member is missing, and nothing else about it', async () => {
    expect(await violationsOf({})).toEqual([{ path: ['name'], message: 'field required', kind: 'value_error.missing' }]);
  });

  test('says that the type is wrong, and nothing about the value', async () => {
    expect(await violationsOf({ name: 5, retries: '3' })).toEqual([
      { path: ['name'], message: 'str type expected', kind: 'type_error.str' },
      { path: ['retries'], message: 'value is not a valid integer', kind: 'type_error.integer' },
    ]);
  });

  test('says what is wrong with the value', async () => {
    expect(await violationsOf({ name: 'a', retries: 11 })).toEqual([
      { path: ['name'], message: 'must be longer than or equal to 2 characters', kind: 'value_error.any_str.length' },
      { path: ['retries'], message: 'must not be greater than 10', kind: 'value_error.number.not_le' },
    ]);
  });

  test('gives the whole path of a nested member', async () => {
    expect(await violationsOf({ name: 'ab', schedule: { hours: 'x' } })).toMatchObject([{ path: ['schedule', 'hours'], kind: 'type_error.integer' }]);
    expect(await violationsOf({ name: 'ab', schedule: 7 })).toMatchObject([{ path: ['schedule'], kind: 'type_error.dict' }]);
  });

  test('says which list members are not among the allowed ones', async () => {
    expect(await violationsOf({ name: 'ab', letters: ['c'] })).toMatchObject([{ path: ['letters'], kind: 'type_error.enum' }]);
  });

  test.each([[[]], ['text'], [7], [null]])('refuses %j, which is no object', async (value) => {
    expect(await violationsOf(value)).toEqual([{ path: [], message: 'value is not a valid dict', kind: 'type_error.dict' }]);
  });

  test('refuses a body that is missing', async () => {
    expect(await violationsOf(undefined)).toEqual([{ path: [], message: 'field required', kind: 'value_error.missing' }]);
  });

  test('is not confused by members that objects have anyway', async () => {
    const odd = JSON.parse('{"constructor":"x","__proto__":{"isAdmin":true},"toString":null}') as object;
    expect(await pipe({ ...odd, name: 'ab' })).toEqual({ name: 'ab' });
    expect(await violationsOf({ name: odd })).toMatchObject([{ path: ['name'], kind: 'type_error.str' }]);
    expect(await violationsOf({ name: 'ab', schedule: { hours: odd } })).toMatchObject([{ path: ['schedule', 'hours'] }]);
    expect(await violationsOf({ name: 'ab', letters: [odd] })).toMatchObject([{ path: ['letters'] }]);
  });

  test('refuses NUL characters and unpaired surrogates in the path', async () => {
    expect(await violationsOf({ name: 'a\u0000b' }, 'path')).toMatchObject([{ path: ['name'] }]);
    expect(await violationsOf({ name: 'a\ud800b' }, 'path')).toMatchObject([{ path: ['name'] }]);
  });
});
