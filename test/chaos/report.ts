/** What people read: a line per run, and the page in docs/. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { PlantedResult } from './planted/run.js';
import { isMet, type Target } from './scenarios/scenario.js';
import type { Verdict } from './verdict.js';

export function summaryLine(verdict: Verdict): string {
  const { scenario, backend, seed, isSafe, durationMs, counts, missedTargets } = verdict;
  const word = isSafe ? (missedTargets.length === 0 ? 'ok  ' : 'slow') : 'FAIL';
  const figures = `${String(counts['executions'] ?? 0)} executions, ${String(counts['runs'] ?? 0)} runs, ${String(counts['lost'] ?? 0)} lost, ${String(counts['acknowledged'] ?? 0)} acked writes`;
  return `${word} ${scenario} ${backend} seed ${String(seed)} ${seconds(durationMs)}: ${figures}`;
}

/** Figures, and what was violated. */
export function printDetails(verdict: Verdict, say: (line: string) => void): void {
  for (const target of verdict.targets) say(`       ${isMet(target) ? ' ' : '>'} ${shown(target)}`);
  for (const { id, title, violations } of verdict.invariants) {
    if (violations.length === 0) continue;
    say(`     ! ${id} ${title}:`);
    for (const violation of violations.slice(0, 6)) say(`         ${violation}`);
  }
  if (verdict.error !== null) say(`     ! ${verdict.error}`);
  if (!verdict.isSafe) for (const { atMs, what } of verdict.timeline) say(`       ${String(atMs).padStart(6)} ms ${what}`);
}

function shown({ what, value, limit, unit }: Target): string {
  const number = value === null ? 'never' : `${String(Math.round(value))}${unit === '' ? '' : ` ${unit}`}`;
  return `${what}: ${number} (at most ${String(limit)})`;
}

/** Writes docs/fault-report.md. @returns where */
export function writeReport(root: string, verdicts: readonly Verdict[]): string {
  const file = join(root, 'docs', 'fault-report.md');
  const unsafe = verdicts.filter(({ isSafe }) => !isSafe);
  const lines = [
    '# Fault report',
    '',
    'Two API processes with the scheduler role, two workers, PostgreSQL and Redis on one machine, every connection through a',
    'proxy that can break it; jobs whose tasks mark their start and end in files outside Takt; clients that write all the time.',
    'After the faults everything is healed, and one checker compares the due times (worked out by an implementation of its own)',
    'with the ledger, the marks and the answers that the clients got.',
    '',
    `Written ${new Date().toISOString()} by \`npm run chaos\`; do not edit. ${cpus()[0]?.model ?? 'unknown'} × ${String(cpus().length)}, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Node ${process.version}. ` +
      `${String(verdicts.length)} runs, ${String(unsafe.length)} with a violated invariant, ${String(verdicts.filter(({ missedTargets }) => missedTargets.length > 0).length)} with a missed target.`,
    '',
    ...originList(verdicts),
    '',
    '| scenario | queue | seed | verdict | time | executions | runs | lost | acked writes | figures (limit) |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...verdicts.map(row),
    '',
    ...scenarioList(verdicts),
    '',
    ...invariantTable(verdicts),
    '',
    ...violationList(unsafe),
    ...plantedList(root),
  ];
  writeFileSync(file, `${lines.join('\n').trimEnd()}\n`);
  return file;
}

/** How the runs were made: one entry a command, with the source and how busy the machine was. */
function originList(verdicts: readonly Verdict[]): string[] {
  const sessions = [...new Set(verdicts.map(({ session }) => session))].sort();
  const lines = sessions.map((session) => {
    const runs = verdicts.filter((verdict) => verdict.session === session);
    const loads = runs.map(({ load }) => load);
    const revisions = [...new Set(runs.map(({ revision }) => revision))].join(', ');
    return `- ${session}, \`${runs[0]?.command ?? ''}\`: ${String(runs.length)} runs on ${revisions}; load of the machine before a run ${String(Math.min(...loads))} to ${String(Math.max(...loads))}`;
  });
  return [`Made in ${sessions.length === 1 ? 'one go' : `${String(sessions.length)} goes`}:`, '', ...lines];
}

function row(verdict: Verdict): string {
  const { scenario, backend, seed, isSafe, durationMs, counts, targets, missedTargets } = verdict;
  const word = isSafe ? (missedTargets.length === 0 ? 'ok' : 'ok, target missed') : '**violated**';
  const count = (name: string): string => String(counts[name] ?? '–');
  const figures = targets.map((target) => (isMet(target) ? shown(target) : `**${shown(target)}**`)).join('; ');
  return `| ${[scenario, backend, seed, word, seconds(durationMs), count('executions'), count('runs'), count('lost'), count('acknowledged'), figures].join(' | ')} |`;
}

function scenarioList(verdicts: readonly Verdict[]): string[] {
  const titles = new Map(verdicts.map(({ scenario, title }) => [scenario, title]));
  return ['## Scenarios', '', ...[...titles].map(([id, title]) => `- **${id}**: ${title}.`)];
}

function invariantTable(verdicts: readonly Verdict[]): string[] {
  const totals = new Map<string, { title: string; checked: number; violated: number }>();
  for (const { id, title, checked, violations } of verdicts.flatMap(({ invariants }) => invariants)) {
    const total = totals.get(id) ?? { title, checked: 0, violated: 0 };
    totals.set(id, { title, checked: total.checked + checked, violated: total.violated + violations.length });
  }
  const rows = [...totals].map(([id, { title, checked, violated }]) => `| ${id} | ${title} | ${String(checked)} | ${String(violated)} |`);
  return ['## Invariants', '', '| | | comparisons | violations |', '| --- | --- | --- | --- |', ...rows];
}

function violationList(unsafe: readonly Verdict[]): string[] {
  if (unsafe.length === 0) return [];
  const lines = unsafe.flatMap(({ scenario, backend, seed, invariants, error }) => [
    ...(error === null ? [] : [`- ${scenario} ${backend} ${String(seed)}: the run broke: ${error.split('\n')[0] ?? ''}`]),
    ...invariants.flatMap(({ id, violations }) => violations.slice(0, 3).map((violation) => `- ${scenario} ${backend} ${String(seed)}, ${id}: ${violation}`)),
  ]);
  return ['## Violations', '', ...lines];
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(0)} s`;
}

const plantedFile = (root: string): string => join(root, '.cache', 'chaos-verdicts', 'planted.json');

export interface KeptPlanted {
  /** ISO 8601. */
  readonly at: string;
  readonly revision: string;
  readonly results: readonly PlantedResult[];
}

/** Keeps what became of the planted defects, for the report of a later run. */
export function savePlanted(root: string, kept: KeptPlanted): void {
  mkdirSync(join(root, '.cache', 'chaos-verdicts'), { recursive: true });
  writeFileSync(plantedFile(root), JSON.stringify(kept));
}

export function keptPlanted(root: string): KeptPlanted | null {
  return existsSync(plantedFile(root)) ? (JSON.parse(readFileSync(plantedFile(root), 'utf8')) as KeptPlanted) : null;
}

function plantedList(root: string): string[] {
  const kept = keptPlanted(root);
  if (kept === null) return ['', '## Planted defects', '', 'Not run yet: `npm run chaos -- planted`.'];
  const rows = kept.results.map(({ title, isCaught, red, example }) => `| ${title} | ${isCaught ? 'caught' : '**missed**'} | ${red.join(', ')} | ${example.replaceAll('|', '/')} |`);
  return ['', '## Planted defects', '', `\`npm run chaos -- planted\`, ${kept.at}, on ${kept.revision}: does the checker see?`, '', '| defect | | red | e.g. |', '| --- | --- | --- | --- |', ...rows];
}
