import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import type { QueueBackend } from './queue-backend.js';
import { TICKS_QUEUE } from './queue-names.js';

/** The queues as Bull Board shows them: the ticks first, then those that executions go through. */
export function boardAdapters(backend: QueueBackend, queueNames: readonly string[]): BaseAdapter[] {
  return [TICKS_QUEUE, ...queueNames].map((name) => new BullMQAdapter(backend.queue(name)));
}
