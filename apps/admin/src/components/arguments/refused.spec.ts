import { describe, expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import { refusedArguments } from './refused';

const refusal = (...wrong: readonly [loc: (string | number)[], msg: string][]) => new ApiError(422, 'wrong', wrong.map(([loc, msg]) => ({ loc, msg, type: 'value_error' })));

describe('refused arguments', () => {
  it('are named, and all of them by no name', () => {
    const error = refusal([['body', 'taskArgs', 'command'], 'field required'], [['body', 'taskArgs'], 'must match a schema in anyOf']);
    expect(refusedArguments(error)).toEqual({ command: 'field required', '': 'must match a schema in anyOf' });
  });

  it('say what is wrong inside of them, and all that is', () => {
    const error = refusal([['body', 'taskArgs', 'headers', 'accept'], 'must be string'], [['body', 'taskArgs', 'headers', 'age'], 'must be string']);
    expect(refusedArguments(error)).toEqual({ headers: 'headers.accept: must be string; headers.age: must be string' });
  });

  it('are none where something else was refused', () => {
    expect(refusedArguments(null)).toEqual({});
    expect(refusedArguments(new ApiError(409, 'Job is disabled'))).toEqual({});
    expect(refusedArguments(refusal([['body', 'priority'], 'too high']))).toEqual({});
  });
});
