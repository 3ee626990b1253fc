import { isUuid } from '#domain/ids.js';

/** Parts of the platform whose changes can be followed. */
export const PLATFORM_TOPICS = ['overview', 'jobs', 'executions', 'workers', 'scheduler', 'queues'] as const;

/** What can be followed: a part of the platform, one execution (`execution:<id>`) or one job (`job:<id>`). */
export type Topic = (typeof PLATFORM_TOPICS)[number] | `execution:${string}` | `job:${string}`;

/** Topics of one follower at most. */
export const TOPICS_MAX = 32;

/**
 * The present state of topics in few characters each: equal means that nothing happened. It is made of the store alone, so
 * that all processes have the same one.
 */
export type Fingerprint = ReadonlyMap<Topic, string>;

/** Reads topics separated by commas, each once, ids in lower case. Null when there are none, too many or unknown ones. */
export function parseTopics(text: unknown): Topic[] | null {
  if (typeof text !== 'string') return null;
  const topics = [...new Set(text.split(',').map((word) => parseTopic(word.trim())))];
  if (topics.length > TOPICS_MAX || topics.includes(null)) return null;
  return topics.filter((topic) => topic !== null);
}

/** The ids that topics of a kind name. */
export function idsIn(topics: Iterable<Topic>, kind: 'execution' | 'job'): string[] {
  const prefix = `${kind}:`;
  return [...topics].filter((topic) => topic.startsWith(prefix)).map((topic) => topic.slice(prefix.length));
}

function parseTopic(word: string): Topic | null {
  const platform = PLATFORM_TOPICS.find((topic) => topic === word);
  if (platform !== undefined) return platform;
  const [kind, id = ''] = word.split(/:(.*)/s);
  if ((kind !== 'execution' && kind !== 'job') || !isUuid(id)) return null;
  return `${kind}:${id.toLowerCase()}`;
}
