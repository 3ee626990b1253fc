/**
 * Query keys: the first member is the topic of the live stream that makes the query stale, `job:<id>` and `execution:<id>`
 * for single things. What changes at nobody's hand (`session`, `catalogue`, `access`, `audit`) has no topic.
 */
export const LIVE_TOPICS = ['overview', 'jobs', 'executions', 'workers', 'scheduler', 'queues'] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number] | `job:${string}` | `execution:${string}`;

export const jobTopic = (id: string) => `job:${id}` as const;
export const executionTopic = (id: string) => `execution:${id}` as const;

/** The topic of a query key, or null when the stream has none for it. */
export function topicOf(key: readonly unknown[]): LiveTopic | null {
  const first = key[0];
  if (typeof first !== 'string') return null;
  const isLive = (LIVE_TOPICS as readonly string[]).includes(first) || /^(job|execution):./.test(first);
  return isLive ? (first as LiveTopic) : null;
}
