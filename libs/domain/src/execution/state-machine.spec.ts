import { describe, expect, it } from 'vitest';
import { canMove, isFinal, TRANSITIONS } from './state-machine.js';
import { EXECUTION_STATUSES, isLive, LIVE_STATUSES, type ExecutionStatus } from './status.js';

/** Written out by hand, so that a change of the table has to be meant. */
const ALLOWED: Record<ExecutionStatus, readonly ExecutionStatus[]> = {
  pending: ['dispatched', 'running', 'failed', 'cancelled', 'skipped'],
  dispatched: ['running', 'pending', 'failed', 'cancelled'],
  running: ['success', 'failed', 'timeout', 'cancelled', 'pending'],
  success: [],
  failed: [],
  timeout: [],
  cancelled: [],
  skipped: [],
};

const pairs = EXECUTION_STATUSES.flatMap((from) => EXECUTION_STATUSES.map((to) => [from, to] as const));

describe('the state machine', () => {
  it.each(pairs)('knows whether %s may become %s', (from, to) => {
    expect(canMove(from, to)).toBe(ALLOWED[from].includes(to));
  });

  it('ends where nothing leads out, and exactly there an execution is not live', () => {
    for (const status of EXECUTION_STATUSES) {
      expect(isFinal(status)).toBe(ALLOWED[status].length === 0);
      expect(isLive(status)).toBe(!isFinal(status));
    }
    expect(EXECUTION_STATUSES.filter(isLive)).toEqual([...LIVE_STATUSES]);
  });

  it('never changes a status into itself', () => {
    for (const { from, to } of Object.values(TRANSITIONS)) expect(from).not.toContain(to);
  });

  it('lets every status but the first two be reached, and every live one be left for an end', () => {
    const reachable = new Set(Object.values(TRANSITIONS).map(({ to }) => to));
    expect([...reachable].sort()).toEqual(EXECUTION_STATUSES.toSorted());
    for (const status of LIVE_STATUSES) expect(ALLOWED[status].some((to) => isFinal(to))).toBe(true);
  });
});
