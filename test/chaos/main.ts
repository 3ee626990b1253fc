/** The command line: which scenarios, on which backends, with which seeds. */
import { join } from 'node:path';
import { findRedisServer } from '#scripts/stores/redis-binary.mjs';
import type { Backend } from './harness/lab.js';
import { runPlanted } from './planted/run.js';
import { SCENARIOS, GATE } from './scenarios/all.js';
import type { Scenario } from './scenarios/scenario.js';
import { runScenario, saveVerdict, type Verdict } from './verdict.js';
import { keptVerdicts, printDetails, savePlanted, summaryLine, writeReport } from './report.js';

interface Order {
  readonly words: readonly string[];
  readonly seeds: readonly number[];
  readonly backend: Backend | null;
}

const FLAGS = ['--seed', '--seeds', '--backend'];

/** @returns the exit code */
export async function main({ root, words }: { root: string; words: readonly string[] }): Promise<number> {
  const order = readOrder(words);
  const redis = await findRedisServer({ cacheDirectory: join(root, '.cache', 'redis'), download: true });
  if (redis.binary === null) say(`!!! NO REDIS: ${redis.reason}. The scenarios on Redis are SKIPPED.`);
  const redisServer = redis.binary === null ? null : { binary: redis.binary, sharedLibraries: redis.sharedLibraries };
  if (order.words.includes('report')) return report(root);
  if (order.words.includes('planted')) return planted(order, root, redisServer);
  const verdicts: Verdict[] = [];
  for (const seed of order.seeds) {
    for (const scenario of chosen(order)) verdicts.push(...(await runOnBackends(scenario, { root, seed, order, redisServer })));
  }
  if (order.words.includes('all')) report(root);
  const unsafe = verdicts.filter(({ isSafe }) => !isSafe).length;
  say(`${String(verdicts.length - unsafe)} passed, ${String(unsafe)} failed`);
  return unsafe === 0 && verdicts.length > 0 ? 0 : 1;
}

/** Of everything that was run and kept, so that runs on several backends and with several seeds can be made one by one. */
function report(root: string): number {
  say(`Report: ${writeReport(root, keptVerdicts(root))}`);
  return 0;
}

async function planted({ words, seeds, backend }: Order, root: string, redisServer: Around['redisServer']): Promise<number> {
  const isControl = words.includes('control');
  const only = words.filter((word) => word !== 'planted' && word !== 'control');
  const chosenBackend = backend ?? (redisServer === null ? 'postgres' : 'redis');
  const results = await runPlanted({ root, seed: seeds[0] ?? 1, backend: chosenBackend, redisServer: redisServer ?? NO_SERVER, keep: false }, only, isControl);
  const caught = results.filter(({ isCaught }) => isCaught).length;
  if (!isControl && only.length === 0) savePlanted(root, results);
  say(`${String(caught)} of ${String(results.length)} ${isControl ? 'clean without the defect' : 'planted defects caught'}`);
  return caught === results.length ? 0 : 1;
}

function readOrder(words: readonly string[]): Order {
  const value = (flag: string): string | undefined => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
  const first = Number(value('--seed') ?? 1);
  const backend = value('--backend') ?? null;
  if (backend !== null && backend !== 'redis' && backend !== 'postgres') throw new Error(`--backend is redis or postgres, not ${backend}`);
  return {
    words: words.filter((word, index) => !FLAGS.includes(word) && !FLAGS.includes(words[index - 1] ?? '')),
    seeds: Array.from({ length: Number(value('--seeds') ?? 1) }, (_none, index) => first + index),
    backend,
  };
}

function chosen({ words }: Order): Scenario[] {
  if (words.includes('all')) return [...SCENARIOS];
  const wanted = words.flatMap((word) => (word === 'gate' ? GATE : [word]));
  const unknown = wanted.filter((id) => !SCENARIOS.some((scenario) => scenario.id === id));
  if (unknown.length > 0 || wanted.length === 0) throw new Error(`Name scenarios (${SCENARIOS.map(({ id }) => id).join(', ')}), gate, all or planted; not ${unknown.join(', ')}`);
  return wanted.flatMap((wantedId) => SCENARIOS.filter(({ id }) => id === wantedId));
}

interface Around {
  readonly root: string;
  readonly seed: number;
  readonly order: Order;
  readonly redisServer: { binary: string; sharedLibraries: string | null } | null;
}

async function runOnBackends(scenario: Scenario, { root, seed, order, redisServer }: Around): Promise<Verdict[]> {
  const obstacle = (await scenario.obstacle?.(root)) ?? null;
  if (obstacle !== null) {
    say(`!!! ${scenario.id} SKIPPED: ${obstacle}`);
    return [];
  }
  const verdicts: Verdict[] = [];
  for (const backend of scenario.backends) {
    const isWanted = order.backend === null ? backend === 'redis' || order.words.includes('all') : order.backend === backend;
    if (!isWanted || (backend === 'redis' && redisServer === null)) continue;
    const verdict = await runScenario(scenario, { root, seed, backend, redisServer: redisServer ?? NO_SERVER, patches: [], keep: true });
    saveVerdict(root, verdict);
    say(summaryLine(verdict));
    printDetails(verdict, say);
    verdicts.push(verdict);
  }
  return verdicts;
}

const NO_SERVER = { binary: '', sharedLibraries: null };

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
