/** How many executions one worker process runs at once, in all and for each queue. */
import { z } from 'zod';

export interface WorkerConcurrency {
  /** Executions that the process runs at once, all queues together. */
  readonly total: number;
  /** Limit of each queue that has none of its own. Never above `total`. */
  readonly perQueue: number;
  /** Limits of single queues by name. Never above `total`. */
  readonly queues: Readonly<Record<string, number>>;
}

export const DEFAULT_CONCURRENCY = 100;
const MAX_CONCURRENCY = 10_000;
const ENTRY = /^(?:([A-Za-z0-9_.-]{1,100})\s*=\s*)?(\d{1,5})$/;

/**
 * `100` limits the process; `default=50` each queue that is not named; `ad_queue=5` the queue of that name. They combine:
 * `200,default=50,ad_queue=5`. A limit that is left out is the process's own.
 */
export const workerConcurrency: z.ZodType<WorkerConcurrency, string> = z.string().transform((text, context) => {
  const parsed = parse(text);
  if (parsed !== null) return parsed;
  context.issues.push({
    code: 'custom',
    input: text,
    message: `expected a number from 1 to ${String(MAX_CONCURRENCY)} or limits such as 100,default=50,ad_queue=5, each name once`,
  });
  return z.NEVER;
});

/** The limit that applies to one queue. */
export function concurrencyOf(limits: WorkerConcurrency, queue: string): number {
  return Object.hasOwn(limits.queues, queue) ? (limits.queues[queue] ?? limits.perQueue) : limits.perQueue;
}

function parse(text: string): WorkerConcurrency | null {
  const given = new Map<string, number>();
  for (const item of text.split(',')) {
    const match = ENTRY.exec(item.trim());
    const name = match?.[1] ?? '';
    const limit = Number(match?.[2] ?? 0);
    if (limit < 1 || limit > MAX_CONCURRENCY || given.has(name)) return null;
    given.set(name, limit);
  }
  const total = given.get('') ?? DEFAULT_CONCURRENCY;
  const perQueue = Math.min(given.get('default') ?? total, total);
  given.delete('');
  given.delete('default');
  const queues = [...given].map(([name, limit]) => [name, Math.min(limit, total)] as const);
  return Object.freeze({ total, perQueue, queues: Object.freeze(Object.fromEntries(queues)) });
}
