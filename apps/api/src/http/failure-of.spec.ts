import { BadRequestException, ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';
import { expect, test } from 'vitest';
import { DomainError } from '#domain/errors.js';
import { failureOf } from './failure-of.js';
import { HttpFailure } from './http-failure.js';

const LINE = { method: 'GET', path: '/x' };
const notFound = new DomainError('JOB_NOT_FOUND', 'none');
const tooLarge = new HttpFailure({ kind: 'payload-too-large' });

test.each<[string, unknown, unknown]>([
  ['our own errors', notFound, { kind: 'domain', error: notFound }],
  ['failures of the edge', tooLarge, { kind: 'payload-too-large' }],
  ['those that a parser passed on', new HttpException('x', 403, { cause: tooLarge }), { kind: 'payload-too-large' }],
  ['bad JSON', new BadRequestException('x', { cause: new SyntaxError('x') }), { kind: 'malformed-body' }],
  ['a bad URL', new BadRequestException('x', { cause: new URIError('x') }), { kind: 'bad-url' }],
  ['an unknown route', new NotFoundException(), { kind: 'route-not-found', ...LINE }],
  ['a media type', new HttpException('x', 415), { kind: 'unsupported-media-type' }],
])('understands %s', (_what, thrown, failure) => {
  expect(failureOf(thrown, LINE)).toEqual(failure);
});

test.each([[new Error('x')], ['text'], [undefined], [new ForbiddenException()], [new DomainError('INTERNAL', 'x')]])(
  'takes %s for a defect',
  (thrown) => {
    expect(failureOf(thrown, LINE)).toBeNull();
  },
);
