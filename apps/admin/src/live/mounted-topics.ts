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
  await Promise.all(topics.map((topic) => client.invalidateQueries({ queryKey: [topic] }, { cancelRefetch: false })));
}
