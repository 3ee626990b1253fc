/** What the command line asks for: which scenarios on which backends, with which seeds. */
import type { Backend } from './harness/lab.js';
import { GATE, SCENARIOS } from './scenarios/all.js';
import type { Scenario } from './scenarios/scenario.js';

/** One run to be made, but for its seed. */
export interface PlannedRun {
  readonly scenario: Scenario;
  readonly backend: Backend;
}

export interface Order {
  readonly words: readonly string[];
  readonly seeds: readonly number[];
  /** Null: Redis, or both for `all`. */
  readonly backend: Backend | null;
  /** No run begins after so many minutes; null: no limit. */
  readonly minutes: number | null;
  /** Also what was run before on the same commit. Only `all` leaves that out. */
  readonly again: boolean;
  /** File for the counts that `npm test` reads. */
  readonly counts: string | null;
}

const FLAGS = ['--seed', '--seeds', '--backend', '--minutes', '--counts'];
const SWITCHES = ['--again'];

/** @throws Error that says what is wrong with the words */
export function readOrder(given: readonly string[]): Order {
  const value = (flag: string): string | null => (given.includes(flag) ? (given[given.indexOf(flag) + 1] ?? '') : null);
  const backend = value('--backend');
  if (backend !== null && backend !== 'redis' && backend !== 'postgres') throw new Error(`--backend is redis or postgres, not ${backend}`);
  const minutes = value('--minutes');
  return {
    words: given.filter((word, index) => !FLAGS.includes(word) && !SWITCHES.includes(word) && !FLAGS.includes(given[index - 1] ?? '')),
    seeds: seedsOf(value('--seed'), value('--seeds')),
    backend,
    minutes: minutes === null ? null : wholeNumber('--minutes', minutes),
    again: given.includes('--again'),
    counts: value('--counts'),
  };
}

/** `--seeds 2..4` is 2, 3 and 4; `--seeds 3` is three from `--seed` (or 1) on. */
function seedsOf(first: string | null, many: string | null): number[] {
  const from = first === null ? 1 : wholeNumber('--seed', first);
  if (many === null) return [from];
  const range = /^(\d+)\.\.(\d+)$/.exec(many);
  const [start, end] = range === null ? [from, from + wholeNumber('--seeds', many) - 1] : [Number(range[1]), Number(range[2])];
  if (end < start) throw new Error(`--seeds ${many} holds none`);
  return Array.from({ length: end - start + 1 }, (_none, index) => start + index);
}

function wholeNumber(flag: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${flag} is a whole number from 1, not "${text}"`);
  return Number(text);
}

/** The runs of one seed, in order. @throws Error for words that name nothing */
export function planRuns({ words, backend }: Order): PlannedRun[] {
  const unknown = words.filter((word) => word !== 'all' && word !== 'gate' && !SCENARIOS.some(({ id }) => id === word));
  if (unknown.length > 0 || words.length === 0) {
    throw new Error(`Name scenarios (${SCENARIOS.map(({ id }) => id).join(', ')}), gate, all, planted or report; not "${unknown.join(' ')}"`);
  }
  return words
    .flatMap((word) => runsOf(word, backend))
    .filter((run) => backend === null || run.backend === backend);
}

function runsOf(word: string, wanted: Backend | null): PlannedRun[] {
  if (word === 'gate') return [...GATE];
  const scenarios = SCENARIOS.filter(({ id }) => word === 'all' || id === word);
  const isWanted = (backend: Backend): boolean => word === 'all' || backend === (wanted ?? 'redis');
  return scenarios.flatMap((scenario) => scenario.backends.filter(isWanted).map((backend) => ({ scenario, backend })));
}
