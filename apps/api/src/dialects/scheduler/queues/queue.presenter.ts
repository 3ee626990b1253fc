import type { BrokerFigures } from '#application/queues/broker-queues.js';
import type { QueueOverview } from '#application/queues/queue-reader.js';
import type { PlatformFacts } from '#application/system/platform-facts.js';
import { seconds } from '../wire.js';
import type { BrokerFiguresResponse, QueueListResponse, QueueResponse } from './queue.responses.js';

export function presentQueues({ facts }: PlatformFacts, queues: readonly QueueOverview[]): QueueListResponse {
  return { backend: facts.queueBackend, queues: queues.map(presentQueue) };
}

function presentQueue(queue: QueueOverview): QueueResponse {
  return {
    name: queue.name,
    taskFunctions: [...queue.taskFunctions],
    workers: queue.workers,
    waiting: queue.waiting,
    running: queue.running,
    oldestWaitingSeconds: queue.oldestWaitingMs === null ? null : seconds(queue.oldestWaitingMs),
    broker: queue.broker === null ? null : presentBroker(queue.broker),
  };
}

function presentBroker({ isPaused, ...figures }: BrokerFigures): BrokerFiguresResponse {
  return { ...figures, paused: isPaused };
}
