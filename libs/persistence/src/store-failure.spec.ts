import { DomainError } from '#domain/errors.js';
import { describe, expect, test } from 'vitest';
import { isStoreFailure } from './database.js';

const raised = (code: string): Error => Object.assign(new Error('raised'), { code });

describe('a failure of the store', () => {
  test.each([
    ['the connection breaks', raised('08006')],
    ['the password is refused', raised('28P01')],
    ['the database does not exist', raised('3D000')],
    ['there are too many connections', raised('53300')],
    ['the server starts', raised('57P03')],
    ['the disk fails', raised('58030')],
    ['nobody listens', raised('ECONNREFUSED')],
    ['one of several addresses does not answer', new AggregateError([raised('ECONNREFUSED')])],
    ['it was one before', new DomainError('DATABASE_UNAVAILABLE', 'away')],
  ])('is that %s', (_, error) => {
    expect(isStoreFailure(error)).toBe(true);
  });

  test.each([
    ['a unique violation', raised('23505')],
    ['an unknown table', raised('42P01')],
    ['an error of ours', new TypeError('x is not a function')],
    ['no error', 'timeout'],
  ])('is not %s', (_, error) => {
    expect(isStoreFailure(error)).toBe(false);
  });
});
