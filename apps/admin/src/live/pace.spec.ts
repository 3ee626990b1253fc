import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LISTS_MS, paced } from './pace';

describe('the pace of refreshes', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it('passes the first change on at once, and those after it together', () => {
    const passed: string[][] = [];
    const pace = paced((topics) => passed.push(topics));
    pace.told(['jobs']);
    expect(passed).toEqual([['jobs']]);
    pace.told(['jobs', 'executions']);
    pace.told(['executions']);
    vi.advanceTimersByTime(LISTS_MS - 1);
    expect(passed).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(passed).toEqual([['jobs'], ['jobs', 'executions']]);
  });

  it('is at once again after a rest', () => {
    const passed: string[][] = [];
    const pace = paced((topics) => passed.push(topics));
    pace.told(['jobs']);
    vi.advanceTimersByTime(LISTS_MS);
    pace.told(['queues']);
    expect(passed).toEqual([['jobs'], ['queues']]);
  });

  it('does not hold single things back', () => {
    const passed: string[][] = [];
    const pace = paced((topics) => passed.push(topics));
    pace.told(['jobs']);
    pace.told(['jobs', 'execution:1']);
    expect(passed).toEqual([['jobs'], ['execution:1']]);
  });

  it('is silent when it was stopped', () => {
    const passed: string[][] = [];
    const pace = paced((topics) => passed.push(topics));
    pace.told(['jobs']);
    pace.told(['jobs']);
    pace.stop();
    vi.advanceTimersByTime(10 * LISTS_MS);
    expect(passed).toEqual([['jobs']]);
  });
});
