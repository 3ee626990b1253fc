import type { Range } from './range';

/** How far back the API searches the text of errors where no range is said. */
const SEARCHED_MS = 7 * 86_400_000;

/** What is known of other times when a range has nothing, and a search without any range found nothing either. */
export function elsewhereText(q: string, { from, to }: Range, nowMs: number): string {
  if (q.trim() === '') return 'There are none at any other time either.';
  const hasSearchedAll = to === null && Date.parse(from) <= nowMs - SEARCHED_MS;
  return hasSearchedAll ? 'A longer range looks further back.' : 'There are none in the last 7 days either; a longer range looks further back.';
}
