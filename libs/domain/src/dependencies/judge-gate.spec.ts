import { describe, expect, it } from 'vitest';
import { describeUnmet, judgeGate, type DependencyState } from './judge-gate.js';

const NOW = new Date('2027-01-01T00:00:00Z');
const LATER = new Date('2027-01-01T00:05:00Z');

const dependency = (overrides: Partial<DependencyState> = {}): DependencyState => ({
  number: 7,
  name: 'extract',
  isPlanned: true,
  latest: 'success',
  ...overrides,
});

const judge = (dependencies: DependencyState[], deadline = LATER): ReturnType<typeof judgeGate> =>
  judgeGate({ now: NOW, deadline, dependencies });

describe('judgeGate', () => {
  it('opens when every latest run is a success, also after the window, and when there is nothing to wait for', () => {
    expect(judge([dependency(), dependency({ number: 8 })])).toEqual({ kind: 'open' });
    expect(judge([dependency()], NOW)).toEqual({ kind: 'open' });
    expect(judge([])).toEqual({ kind: 'open' });
  });

  it.each(['pending', 'dispatched', 'running', 'skipped', null] as const)('waits while one is %s, until the window is over', (latest) => {
    expect(judge([dependency(), dependency({ latest })])).toEqual({ kind: 'wait' });
    expect(judge([dependency({ latest })], NOW)).toEqual({
      kind: 'fail',
      reason: 'dependency_timeout',
      error: "dependency 7 'extract' did not succeed in time",
    });
  });

  it.each(['failed', 'timeout', 'cancelled'] as const)('fails at once when one is %s, whatever the others do', (latest) => {
    expect(judge([dependency({ latest: 'running' }), dependency({ number: 8, latest })])).toEqual({
      kind: 'fail',
      reason: 'dependency_failed',
      error: `dependency 8 'extract' did not succeed (${latest})`,
    });
  });

  it('waits for a dependency that is due but not planned, whatever its last run was', () => {
    for (const latest of ['success', 'failed'] as const) {
      expect(judge([dependency({ isPlanned: false, latest })])).toEqual({ kind: 'wait' });
    }
  });
});

describe('describeUnmet', () => {
  it('names the first dependency that is not met', () => {
    expect(describeUnmet([dependency()])).toBeNull();
    expect(describeUnmet([dependency({ latest: null })])).toBe("dependency 7 'extract' has not run yet");
    expect(describeUnmet([dependency({ isPlanned: false })])).toBe("dependency 7 'extract' is due and has not run yet");
    expect(describeUnmet([dependency(), dependency({ number: 9, latest: 'timeout' })])).toBe("dependency 9 'extract' is timeout, not success");
  });
});
