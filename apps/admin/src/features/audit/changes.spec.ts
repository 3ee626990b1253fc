import { describe, expect, it } from 'vitest';
import { changesOf, otherDetails, summaryOf } from './changes';

const UPDATE = { name: 'nightly', changed: ['isEnabled'], before: { isEnabled: true, priority: 1 }, after: { isEnabled: false, priority: 1 } };

describe('changes of an entry', () => {
  it('are the members that differ', () => {
    expect(changesOf(UPDATE)).toEqual([{ name: 'isEnabled', before: 'true', after: 'false' }]);
    expect(summaryOf(UPDATE)).toBe('isEnabled: true → false');
    expect(otherDetails(UPDATE)).toBeNull();
  });

  it('of what was created or deleted have one side', () => {
    expect(changesOf({ after: { role: 'Viewer' } })).toEqual([{ name: 'role', before: null, after: 'Viewer' }]);
    expect(changesOf({ before: { taskArgs: { a: 1 } } })).toEqual([{ name: 'taskArgs', before: '{"a":1}', after: null }]);
    expect(summaryOf({ after: { a: 1, b: 2, c: 3, d: 4, e: 5 } })).toBe('5 members');
    expect(summaryOf({ after: { a: 1, b: 2 } })).toBe('a, b');
  });

  it('are none without details; the rest is told as it is', () => {
    expect(changesOf(null)).toEqual([]);
    expect(summaryOf(null)).toBe('');
    expect(summaryOf({ sessions: 2 })).toBe('sessions: 2');
  });
});
