import { describe, expect, it } from 'vitest';
import { STATUSES } from '@/api/types';
import { reasonText, statusLook } from './status';

describe('the look of a status', () => {
  it('exists for every status of an execution, each with its own word', () => {
    const words = STATUSES.map((status) => statusLook(status).word);
    expect(new Set(words).size).toBe(STATUSES.length);
    expect(words).not.toContain('pending');
  });

  it.each(['later_invention', 'toString'])('shows %s, which it does not know, as it is', (status) => {
    expect(statusLook(status)).toMatchObject({ word: status, tone: 'pending' });
  });

  it('words reasons', () => {
    expect([reasonText('paused'), reasonText('some_new_one')]).toEqual(['the job was paused', 'some new one']);
  });
});
