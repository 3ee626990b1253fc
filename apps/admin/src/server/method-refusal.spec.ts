import { expect, it } from 'vitest';
import { methodRefusal } from './method-refusal';

it('says what is refused and what is there instead', async () => {
  const answer = methodRefusal(['GET', 'PUT'])();
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT']);
  expect(await answer.json()).toEqual({ detail: 'Method not allowed' });
});
