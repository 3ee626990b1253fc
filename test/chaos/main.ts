/** The command line: `npm run chaos -- …`, see README.md. */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { findRedisServer } from '#scripts/stores/redis-binary.mjs';
import { planRuns, readOrder, type Order, type PlannedRun } from './order.js';
import { DEFECTS } from './planted/defects.js';
import { misfits, runPlanted } from './planted/run.js';
import { keptPlanted, printDetails, savePlanted, summaryLine, writeReport } from './report.js';
import { isExact, revisionOf } from './revision.js';
import { keptVerdicts, runScenario, saveVerdict, type Verdict, type VerdictOrigin } from './verdict.js';

interface Session {
  readonly root: string;
  readonly order: Order;
  /** Null: there is no Redis here. */
  readonly redisServer: { binary: string; sharedLibraries: string | null } | null;
  readonly revision: string;
  readonly command: string;
  readonly startedAt: Date;
  /** What was not run, and why. */
  readonly skipped: string[];
}

/** @returns the exit code: 0 when something was run and nothing was violated, 3 when time was up before all was run */
export async function main({ root, words }: { root: string; words: readonly string[] }): Promise<number> {
  const order = readOrder(words);
  const redis = await findRedisServer({ cacheDirectory: join(root, '.cache', 'redis'), download: true });
  if (redis.binary === null) say(`!!! NO REDIS: ${redis.reason}. The scenarios on Redis are SKIPPED.`);
  const session: Session = {
    root,
    order,
    redisServer: redis.binary === null ? null : { binary: redis.binary, sharedLibraries: redis.sharedLibraries },
    revision: revisionOf(root),
    command: `npm run chaos -- ${words.join(' ')}`,
    startedAt: new Date(),
    skipped: [],
  };
  if (order.words.includes('report')) return report(session, null);
  if (order.words.includes('planted')) return planted(session);
  return scenarios(session);
}

async function scenarios(session: Session): Promise<number> {
  const { root, order, revision, skipped } = session;
  const isAll = order.words.includes('all');
  const runs = order.seeds.flatMap((seed) => planRuns(order).map((run) => ({ ...run, seed })));
  const verdicts: Verdict[] = [];
  let unrun = 0;
  let isPlantedCaught = true;
  for (const run of runs) {
    if (isAll && !order.again && isKept(session, run)) continue;
    if (isTimeUp(session)) unrun += 1;
    else verdicts.push(...(await runOne(session, run)));
  }
  if (isAll && unrun === 0 && order.backend === null && keptPlanted(root)?.revision !== revision) {
    if (isTimeUp(session)) unrun += 1;
    else isPlantedCaught = (await planted({ ...session, order: { ...order, words: ['planted'] } })) === 0;
  }
  const unsafe = isAll ? verdictsOf(session).filter(({ isSafe }) => !isSafe) : verdicts.filter(({ isSafe }) => !isSafe);
  const passed = (isAll ? verdictsOf(session).length : verdicts.length) - unsafe.length;
  if (isAll) report(session, revision);
  const unfit = misfits(root);
  for (const line of unfit) say(`Planted defect ${line}`);
  if (order.counts !== null) writeFileSync(order.counts, JSON.stringify(countsOf({ passed, skipped, unsafe, unfit })));
  say(`${String(passed)} passed, ${String(unsafe.length)} failed${skipped.length === 0 ? '' : `, ${String(skipped.length)} skipped`}`);
  if (unrun > 0) say(`Time is up with ${String(unrun)} still to run; the same command goes on.`);
  if (unsafe.length + unfit.length > 0 || passed === 0 || !isPlantedCaught) return 1;
  return unrun === 0 ? 0 : 3;
}

/** As `npm test` adds them up: a scenario is one test, and so is a planted defect that still fits the build. */
function countsOf(all: { passed: number; skipped: readonly string[]; unsafe: readonly Verdict[]; unfit: readonly string[] }): Record<string, unknown> {
  const fitting = DEFECTS.length - all.unfit.length;
  return { passed: all.passed + fitting, skipped: all.skipped, failed: [...all.unsafe.map(problem), ...all.unfit.map((line) => `planted defect ${line}`)] };
}

function problem({ scenario, backend, seed, error, invariants }: Verdict): string {
  const first = invariants.find(({ violations }) => violations.length > 0);
  return `${scenario} ${backend} seed ${String(seed)}: ${error?.split('\n')[0] ?? `${first?.id ?? ''} ${first?.violations[0] ?? ''}`}`;
}

function isTimeUp({ order, startedAt }: Session): boolean {
  return order.minutes !== null && Date.now() - startedAt.getTime() > order.minutes * 60_000;
}

/** Whether this very source had this run before. */
function isKept(session: Session, { scenario, backend, seed }: PlannedRun & { readonly seed: number }): boolean {
  const same = verdictsOf(session).find((kept) => kept.scenario === scenario.id && kept.backend === backend && kept.seed === seed);
  return isExact(session.revision) && same !== undefined && same.error === null;
}

function verdictsOf({ root, revision }: Session): Verdict[] {
  return keptVerdicts(root).filter((kept) => kept.revision === revision);
}

/** @param revision null: of everything that was kept, whatever it was made from */
function report(session: Session, revision: string | null): number {
  const { root } = session;
  const verdicts = revision === null ? keptVerdicts(root) : verdictsOf(session);
  say(`Report: ${writeReport(root, verdicts)}`);
  return 0;
}

async function planted(session: Session): Promise<number> {
  const { root, order, redisServer, revision } = session;
  const isControl = order.words.includes('control');
  const only = order.words.filter((word) => word !== 'planted' && word !== 'control');
  const unknown = only.filter((word) => !DEFECTS.some(({ id }) => id === word));
  if (unknown.length > 0) throw new Error(`Defects are ${DEFECTS.map(({ id }) => id).join(', ')}; not "${unknown.join(' ')}"`);
  const backend = order.backend ?? (redisServer === null ? 'postgres' : 'redis');
  const options = { root, seed: order.seeds[0] ?? 1, backend, redisServer: redisServer ?? NO_SERVER, keep: false, origin: originOf(session) };
  const results = await runPlanted(options, only, isControl);
  const caught = results.filter(({ isCaught }) => isCaught).length;
  if (!isControl && only.length === 0) savePlanted(root, { at: new Date().toISOString(), revision, results });
  say(`${String(caught)} of ${String(results.length)} ${isControl ? 'clean without the defect' : 'planted defects caught'}`);
  return caught === results.length ? 0 : 1;
}

function originOf({ revision, command, startedAt }: Session): VerdictOrigin {
  return { revision, command, session: startedAt.toISOString(), load: Math.round((loadavg()[0] ?? 0) * 10) / 10 };
}

async function runOne(session: Session, { scenario, backend, seed }: PlannedRun & { readonly seed: number }): Promise<Verdict[]> {
  const { root, redisServer, skipped } = session;
  const noRedis = backend === 'redis' && redisServer === null ? 'there is no Redis' : null;
  const obstacle = noRedis ?? (await scenario.obstacle?.(root)) ?? null;
  if (obstacle !== null) {
    say(`!!! ${scenario.id} ${backend} SKIPPED: ${obstacle}`);
    skipped.push(`${scenario.id} ${backend} seed ${String(seed)}: ${obstacle}`);
    return [];
  }
  const options = { root, seed, backend, redisServer: redisServer ?? NO_SERVER, patches: [], keep: true, origin: originOf(session) };
  const verdict = await runScenario(scenario, options);
  saveVerdict(root, verdict);
  say(summaryLine(verdict));
  printDetails(verdict, say);
  return [verdict];
}

const NO_SERVER = { binary: '', sharedLibraries: null };

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
