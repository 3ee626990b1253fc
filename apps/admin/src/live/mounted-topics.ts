/** Which topics the queries on the page belong to. */
import type { QueryClient } from '@tanstack/react-query';
import { topicOf } from '@/api/keys';

/** Sorted, each once, of queries that something on the page looks at. */
export function mountedTopics(client: QueryClient): string[] {
  const topics = new Set<string>();
  for (const query of client.getQueryCache().getAll()) {
    const topic = query.getObserversCount() > 0 ? topicOf(query.queryKey) : null;
    if (topic !== null) topics.add(topic);
  }
  return [...topics].sort();
}

/** Refetches what is on the page, and marks the rest of the same topics as old. */
export async function refreshTopics(client: QueryClient, topics: readonly string[]): Promise<void> {
  await Promise.all(topics.map(async (topic) => refreshTopic(client, topic)));
}

async function refreshTopic(client: QueryClient, topic: string): Promise<void> {
  // An answer that is on its way may have been made before the change; asking again at once, time after time, might never get one.
  const isUnderWay = client.isFetching({ queryKey: [topic] }) > 0;
  await client.invalidateQueries({ queryKey: [topic] }, { cancelRefetch: false });
  if (isUnderWay) await client.invalidateQueries({ queryKey: [topic] }, { cancelRefetch: false });
}
