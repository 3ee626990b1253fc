import { describe, expect, it } from 'vitest';
import { countOf, failureText, meantBy, resultText, toBulk } from './selection';

describe('a change of many jobs', () => {
  it('names the ticked ones', () => {
    expect(toBulk('enable', { kind: 'ids', ids: ['a', 'b'], disabled: new Set(), kept: new Set() })).toEqual({ action: 'enable', ids: ['a', 'b'] });
    expect(countOf({ kind: 'ids', ids: ['a', 'b'], disabled: new Set(), kept: new Set() })).toBe(2);
  });

  it('sends the filter with the count that was agreed to', () => {
    const all = { kind: 'all', filter: { q: 'bill' }, count: 1284, disabled: 284 } as const;
    expect(toBulk('delete', all)).toEqual({ action: 'delete', filter: { q: 'bill' }, expectedCount: 1284 });
    expect(countOf(all)).toBe(1284);
  });

  it('runs the enabled ones only, and does everything else to all', () => {
    const ticked = { kind: 'ids', ids: ['a', 'b', 'c'], disabled: new Set(['b', 'x']), kept: new Set(['c']) } as const;
    expect(toBulk('trigger', meantBy('trigger', ticked))).toEqual({ action: 'trigger', ids: ['a', 'c'] });
    expect(countOf(meantBy('enable', ticked))).toBe(3);
    const all = { kind: 'all', filter: { q: 'bill' }, count: 1284, disabled: 284 } as const;
    expect(toBulk('trigger', meantBy('trigger', all))).toEqual({ action: 'trigger', filter: { q: 'bill', is_enabled: true }, expectedCount: 1000 });
    expect(meantBy('trigger', { ...all, disabled: 0 })).toEqual({ ...all, disabled: 0 });
  });

  it('deletes none that runs a system function', () => {
    const ticked = { kind: 'ids', ids: ['a', 'b'], disabled: new Set(['a']), kept: new Set(['b']) } as const;
    expect(toBulk('delete', meantBy('delete', ticked))).toEqual({ action: 'delete', ids: ['a'] });
    expect(countOf(meantBy('disable', ticked))).toBe(2);
  });

  it('says what was done and what needed nothing', () => {
    expect(resultText('disable', { matched: 3, changed: 3, failed: [] })).toBe('Disabled 3 jobs.');
    expect(resultText('enable', { matched: 4, changed: 1, failed: [{ id: 'x', name: 'x', detail: 'y' }] })).toBe('Enabled 1 job. 2 needed no change.');
  });

  it('names the first that failed', () => {
    const failed = Array.from({ length: 7 }, (_, at) => ({ id: String(at), name: `job ${String(at)}`, detail: 'is running' }));
    expect(failureText({ matched: 7, changed: 0, failed: [] })).toBeNull();
    expect(failureText({ matched: 7, changed: 0, failed })).toBe(
      '7 jobs could not be changed: job 0 (is running), job 1 (is running), job 2 (is running), job 3 (is running), job 4 (is running) and 2 more',
    );
    expect(failureText({ matched: 1, changed: 0, failed: [{ id: 'x', name: 'cleanup', detail: "Job 'cleanup' runs a system function" }] })).toBe("1 job could not be changed: Job 'cleanup' runs a system function");
  });
});
