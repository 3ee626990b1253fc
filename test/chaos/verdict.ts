/** Runs one scenario from an empty database to its verdict. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, type InvariantResult } from './checker/check.js';
import type { Evidence } from './checker/evidence.js';
import { collect } from './harness/collect.js';
import { Lab, type Backend, type LabOptions } from './harness/lab.js';
import { pause } from './harness/pause.js';
import { isMet, workloadOf, type Scenario, type Target } from './scenarios/scenario.js';

/** Where a verdict comes from, for whoever reads it later. */
export interface VerdictOrigin {
  /** As `revisionOf` says it. */
  readonly revision: string;
  readonly command: string;
  /** When the command began, ISO 8601: verdicts of one command have it in common. */
  readonly session: string;
  /** Load of the machine over the minute before the run: what else it did. */
  readonly load: number;
}

export interface Verdict extends VerdictOrigin {
  readonly scenario: string;
  readonly title: string;
  readonly backend: Backend;
  readonly seed: number;
  readonly startedAt: string;
  readonly durationMs: number;
  /** No invariant was violated. Missed targets are told apart: a loaded machine is late without being wrong. */
  readonly isSafe: boolean;
  readonly missedTargets: readonly string[];
  readonly targets: readonly Target[];
  readonly invariants: readonly InvariantResult[];
  readonly counts: Readonly<Record<string, number>>;
  readonly timeline: readonly { readonly at: string; readonly atMs: number; readonly what: string }[];
  /** Set when the run itself broke. */
  readonly error: string | null;
}

const WARM_UP_MS = 2_500;
const VIOLATIONS_KEPT = 20;

export interface RunOptions extends Omit<LabOptions, 'redisKeepsData'> {
  readonly origin: VerdictOrigin;
  /** Keep the scratch directory of a run that went wrong. */
  readonly keep: boolean;
}

export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Verdict> {
  const lab = new Lab({ ...options, redisKeepsData: scenario.redisKeepsData ?? false });
  const startedAt = new Date();
  const began = performance.now();
  let evidence: Evidence | null = null;
  let targets: Target[] = [];
  let error: string | null = null;
  try {
    await lab.start();
    const ids = await lab.load(workloadOf(scenario, lab.jobs));
    await pause(WARM_UP_MS);
    targets = await scenario.run(lab, ids);
    await lab.heal();
    evidence = await collect(lab);
    targets = [...targets, ...(scenario.after?.(evidence) ?? []), lateness(evidence, scenario.latenessLimitMs)];
  } catch (caught) {
    error = caught instanceof Error ? (caught.stack ?? caught.message) : String(caught);
  }
  const invariants = evidence === null ? [] : check(evidence);
  const isSafe = error === null && invariants.every(({ violations }) => violations.length === 0);
  const keep = options.keep && !isSafe;
  if (keep) lab.timeline.note(`kept in ${lab.directory}`);
  await lab.stopWriters();
  await lab.remove(keep);
  return {
    ...options.origin,
    scenario: scenario.id,
    title: scenario.title,
    backend: options.backend,
    seed: options.seed,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - began),
    isSafe,
    missedTargets: targets.filter((target) => !isMet(target)).map(({ what }) => what),
    targets,
    invariants: invariants.map((one) => ({ ...one, violations: shortened(one.violations) })),
    counts: evidence === null ? {} : countsOf(evidence),
    timeline: lab.timeline.entries,
    error,
  };
}

function shortened(violations: readonly string[]): string[] {
  const more = violations.length - VIOLATIONS_KEPT;
  return more > 0 ? [...violations.slice(0, VIOLATIONS_KEPT), `… and ${String(more)} more`] : [...violations];
}

/** I5: how late first attempts were that waited for no slot and were not caught up on purpose. */
function lateness({ executions, transitions }: Evidence, limit: number): Target {
  const held = new Set(transitions.filter((change) => change.held).map(({ executionId }) => executionId));
  const late = executions
    .filter(({ id, trigger, startedAt }) => trigger === 'scheduler' && startedAt !== null && !held.has(id))
    .map(({ startedAt, scheduledFor }) => (startedAt ?? scheduledFor) - scheduledFor)
    .sort((one, other) => one - other);
  const share = (part: number): number => Math.round(late[Math.floor((late.length - 1) * part)] ?? 0);
  return { what: `most late start (p50 ${String(share(0.5))} ms, p99 ${String(share(0.99))} ms of ${String(late.length)})`, value: share(1), limit, unit: 'ms' };
}

function countsOf(evidence: Evidence): Record<string, number> {
  const { jobs, executions, attempts, markers, writes, gaps } = evidence;
  return {
    jobs: jobs.length,
    executions: executions.length,
    runs: markers.filter(({ phase }) => phase === 'start').length,
    lost: attempts.filter(({ status }) => status === 'lost').length,
    skipped: executions.filter(({ status }) => status === 'skipped').length,
    gaps: gaps.length,
    writes: writes.length,
    acknowledged: writes.filter(({ status }) => status >= 200 && status < 300).length,
    unanswered: writes.filter(({ status }) => status === 0).length,
    settledMs: Math.round(evidence.settledMs ?? -1),
    quietMs: Math.round(evidence.quietMs ?? -1),
  };
}

const directoryOf = (root: string): string => join(root, '.cache', 'chaos-verdicts');

/** Keeps a verdict as JSON, in the place of an earlier one of this scenario, backend and seed. @returns where */
export function saveVerdict(root: string, verdict: Verdict): string {
  const directory = directoryOf(root);
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${verdict.scenario}-${verdict.backend}-${String(verdict.seed)}.json`);
  writeFileSync(file, `${JSON.stringify(verdict, null, 2)}\n`);
  return file;
}

/** The verdicts that were kept, the last one of each scenario, backend and seed; planted defects and controls left out. */
export function keptVerdicts(root: string): Verdict[] {
  const directory = directoryOf(root);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => /^F\d/.test(name))
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as Verdict)
    .sort((one, other) => order(one).localeCompare(order(other)));
}

function order({ scenario, backend, seed }: Verdict): string {
  return `${scenario.replace(/\d+/, (number) => number.padStart(2, '0'))} ${backend === 'redis' ? '0' : '1'} ${String(seed).padStart(6, '0')}`;
}
