import { describe, expect, it } from 'vitest';
import type { AuditEntry, Job, JsonObject } from '@/api/types';
import { actionText, memberChanges } from './changes';
import { curlOf } from './definition';
import { DEFAULTS, policiesOf } from '@/components/policies';

describe('curlOf', () => {
  it('quotes what a shell would read', () => {
    expect(curlOf('POST', 'jobs', { command: `echo 'it $HOME'` })).toContain(String.raw`"echo '\''it $HOME'\''"`);
    expect(curlOf('GET', 'jobs/1')).not.toContain('-d');
  });
});

describe('memberChanges', () => {
  const entry = (details: JsonObject | null) => ({ details }) as AuditEntry;

  it('names members whose value became another one', () => {
    expect(memberChanges(entry({ before: { name: 'a', retryCount: 1, same: [1] }, after: { name: 'b', priority: 2, same: [1] } }))).toEqual([
      { member: 'name', before: 'a', after: 'b' },
      { member: 'retryCount', before: '1', after: undefined },
      { member: 'priority', before: undefined, after: '2' },
    ]);
    expect(memberChanges(entry(null))).toEqual([]);
  });

  it('says actions in words', () => {
    expect(['job.updated', 'job.status_changed'].map(actionText)).toEqual(['Updated', 'Status changed']);
  });
});

describe('policiesOf', () => {
  it('tells what somebody set from what holds anyway', () => {
    const job = { ...DEFAULTS, retryCount: 0, catchUp: { mode: 'none', windowSeconds: 3_600 } } as unknown as Job;
    const overridden = policiesOf(job).filter(({ isOverridden }) => isOverridden);
    expect(overridden.map(({ name, value, fallback }) => [name, value, fallback])).toEqual([
      ['Retries', '0', '3'],
      ['Catch-up', 'None', 'Latest, within 1 h 00 m'],
    ]);
  });
});
