import { describe, expect, it } from 'vitest';
import type { QueueInfo } from '@/api/types';
import { stateOf, totalsOf } from './queue-state';

const broker = { waiting: 0, active: 0, delayed: 0, prioritized: 0, completed: 0, failed: 0, paused: false };
const queue = (more: Partial<QueueInfo> = {}): QueueInfo => ({ name: 'default', taskFunctions: [], workers: 1, waiting: 0, running: 0, oldestWaitingSeconds: null, broker, ...more });

describe('a queue', () => {
  it.each([
    [{}, 'served'],
    [{ workers: 0 }, 'idle'],
    [{ workers: 0, waiting: 2 }, 'unserved'],
    [{ broker: { ...broker, paused: true } }, 'paused'],
    [{ broker: null }, 'served'],
  ] as const)('%j is %s', (more, state) => {
    expect(stateOf(queue(more))).toBe(state);
  });
});

describe('all of them', () => {
  it('are added up; the oldest wait is the longest', () => {
    const all = [queue({ waiting: 2, oldestWaitingSeconds: 4 }), queue({ running: 3, waiting: 1, workers: 0, name: 'lonely', oldestWaitingSeconds: 9 }), queue({ broker: { ...broker, paused: true } })];
    expect(totalsOf(all)).toEqual({ queues: 3, waiting: 3, running: 3, paused: 1, oldestWaitingSeconds: 9, unserved: ['lonely'] });
  });

  it('say that nothing waits', () => {
    expect(totalsOf([]).oldestWaitingSeconds).toBeNull();
  });
});
