import type { QueueInfo } from '@/api/types';

/** `unserved`: something waits and no worker that is alive takes from it · `idle`: nobody takes from it, and nothing waits */
export type QueueState = 'paused' | 'unserved' | 'idle' | 'served';

export function stateOf(queue: Pick<QueueInfo, 'workers' | 'waiting' | 'broker'>): QueueState {
  if (queue.broker?.paused === true) return 'paused';
  if (queue.workers > 0) return 'served';
  return queue.waiting > 0 ? 'unserved' : 'idle';
}

export interface QueueTotals {
  readonly queues: number;
  readonly waiting: number;
  readonly running: number;
  readonly paused: number;
  readonly oldestWaitingSeconds: number | null;
  /** Names of those where work waits for nobody. */
  readonly unserved: readonly string[];
}

export function totalsOf(queues: readonly QueueInfo[]): QueueTotals {
  const sum = (of: (queue: QueueInfo) => number) => queues.reduce((total, queue) => total + of(queue), 0);
  const waits = queues.map(({ oldestWaitingSeconds }) => oldestWaitingSeconds).filter((wait) => wait !== null);
  return {
    queues: queues.length,
    waiting: sum(({ waiting }) => waiting),
    running: sum(({ running }) => running),
    paused: queues.filter((queue) => stateOf(queue) === 'paused').length,
    oldestWaitingSeconds: waits.length === 0 ? null : Math.max(...waits),
    unserved: queues.filter((queue) => stateOf(queue) === 'unserved').map(({ name }) => name),
  };
}
