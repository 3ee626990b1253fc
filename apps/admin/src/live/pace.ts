/**
 * Slows the stream down to what lists need. The API tells of changes up to twice a second; a page of many lists would ask all
 * of them as often. Things by themselves (`execution:<id>`, `job:<id>`) are passed on at once.
 */

export interface Pace {
  told: (topics: readonly string[]) => void;
  /** Forgets what it holds. */
  stop: () => void;
}

/** Milliseconds between two refreshes of lists. */
export const LISTS_MS = 2_000;

/** @param pass at once for the first change after a rest, then with all that came in the meantime */
export function paced(pass: (topics: string[]) => void, intervalMs = LISTS_MS): Pace {
  const held = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    timer = null;
    if (held.size === 0) return;
    const topics = [...held];
    held.clear();
    timer = setTimeout(flush, intervalMs);
    pass(topics);
  };
  return {
    told: (topics) => {
      const single = topics.filter((topic) => topic.includes(':'));
      if (single.length > 0) pass(single);
      for (const topic of topics) if (!topic.includes(':')) held.add(topic);
      if (timer === null) flush();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      held.clear();
    },
  };
}
