import { describe, expect, it } from 'vitest';
import { STATUSES } from '@/api/types';
import { reasonText, shownStatus, startedStatus, statusLook } from './status';

describe('the look of a status', () => {
  it('exists for every status of an execution, each with its own word', () => {
    const words = STATUSES.map((status) => statusLook(status).word);
    expect(new Set(words).size).toBe(STATUSES.length);
    expect(words).not.toContain('pending');
  });

  it('tells what waits for its next attempt from what waits for its first', () => {
    const startedAt = '2026-11-20T12:00:00Z';
    expect(['pending', 'running', 'failed'].map((status) => shownStatus({ status, startedAt }))).toEqual(['retrying', 'running', 'failed']);
    expect(shownStatus({ status: 'pending', startedAt: null })).toBe('pending');
    expect(startedStatus('pending')).toBe('retrying');
    expect(statusLook('retrying')).not.toMatchObject({ tone: statusLook('pending').tone });
  });

  it.each(['later_invention', 'toString'])('shows %s, which it does not know, as it is', (status) => {
    expect(statusLook(status)).toMatchObject({ word: status, tone: 'pending' });
  });

  it('words reasons', () => {
    expect([reasonText('paused'), reasonText('some_new_one')]).toEqual(['the job was paused', 'some new one']);
  });
});
