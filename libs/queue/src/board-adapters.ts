import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import type { QueueBackend } from './queue-backend.js';
import { TICKS_QUEUE } from './queue-names.js';

/**
 * The queues as Bull Board shows them: the ticks first, then those that executions go through.
 *
 * @param options `readOnly`: the board offers no changes, and refuses those of a single queue
 */
export function boardAdapters(backend: QueueBackend, queueNames: readonly string[], options: { readonly readOnly: boolean }): BaseAdapter[] {
  const names = new Set([TICKS_QUEUE, ...queueNames]);
  return [...names].map((name) => new BullMQAdapter(backend.queue(name), { readOnlyMode: options.readOnly }));
}
