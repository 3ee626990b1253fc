/** What the contract specs of the native dialect share. */
import { expect } from 'vitest';
import type { Answer, ApiUnderTest } from './api-under-test.js';
import { DocumentedAnswers } from './documented-answers.js';

export const NATIVE = '/api/v1/scheduler';
export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

/** Takes the body out of an answer that has the status and the form that OpenAPI promises. */
export type BodyOf = <Body = Record<string, unknown>>(operation: string, answer: Answer, status?: number) => Body;

/** @returns takes operations as `GET /workers/{worker_id}` */
export async function nativeBodies(api: ApiUnderTest): Promise<BodyOf> {
  const documented = await DocumentedAnswers.of(api.request, 'scheduler');
  return <Body>(operation: string, answer: Answer, status = 200): Body => {
    expect([answer.status, answer.body]).toEqual([status, answer.body]);
    expect(documented.problems(operation.replace(' /', ` ${NATIVE}/`), answer)).toEqual([]);
    return answer.body as Body;
  };
}

/** Where and what was wrong, of a 422. */
export function violationsOf({ status, body }: Answer): string[] {
  expect([status, body]).toEqual([422, body]);
  return (body as { detail: { loc: (string | number)[]; msg: string }[] }).detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`);
}
