import { describe, expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import { formErrors } from './field-errors';

const refused = new ApiError(422, 'several', [
  { loc: ['body', 'password'], msg: 'is one of those that are tried first', type: 'value_error' },
  { loc: ['body', 'nickname'], msg: 'extra fields not permitted', type: 'value_error.extra' },
]);

describe('errors of a form', () => {
  it('stand below their field, others above', () => {
    expect(formErrors(refused, ['password'])).toEqual({ fields: { password: 'Is one of those that are tried first' }, general: 'nickname: extra fields not permitted' });
  });

  it('without members are general', () => {
    expect(formErrors(new ApiError(409, 'The last administrator must stay one'), ['role'])).toEqual({ fields: {}, general: 'The last administrator must stay one' });
    expect(formErrors(null, [])).toEqual({ fields: {}, general: null });
  });
});
