/** The steps of `npm test` and how one of them is run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareBuild } from '../launcher/build.mjs';
import { run } from '../process/run.mjs';
import { readFaultCounts, readReport } from './report.mjs';

const MINUTE_MS = 60_000;

/** One check that passes or fails as a whole: a tool of node_modules. */
const tool = (name, minutes, ...args) => ({ name, kind: 'tool', args, timeoutMs: minutes * MINUTE_MS, needsStores: false });

/** One vitest project. */
const project = (name, minutes, { needsStores = true, needsBuild = false, needsAdmin = false } = {}) => ({
  name,
  kind: 'vitest',
  timeoutMs: minutes * MINUTE_MS,
  needsStores,
  needsBuild,
  needsAdmin,
});

const BUILD = { ...tool('build', 5, 'typescript/bin/tsc', '-p', 'tsconfig.build.json'), prepare: prepareBuild };

const ADMIN_BUILD = { ...tool('admin-build', 10, 'next/dist/bin/next', 'build', 'apps/admin'), env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } };

const STEPS = [
  BUILD,
  tool('types', 5, 'typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'),
  tool('admin-types', 5, 'typescript/bin/tsc', '-p', 'apps/admin/tsconfig.json', '--noEmit'),
  tool('lint', 10, 'eslint/bin/eslint.js', '.', '--max-warnings', '0'),
  tool('directions', 5, 'dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'apps', 'libs'),
  project('unit', 10, { needsStores: false }),
  project('integration', 20),
  project('contract', 15),
  ADMIN_BUILD,
  project('contract-admin', 10, { needsAdmin: true }),
  project('e2e', 20, { needsBuild: true, needsAdmin: true }),
  { name: 'faults', kind: 'faults', timeoutMs: 10 * MINUTE_MS, needsStores: false, needsBuild: true },
  project('browser', 20, { needsBuild: true, needsAdmin: true }),
];

/** Divides the words of the command line into the steps to run and what filters their test files. */
export function planSteps(words) {
  const named = STEPS.filter((step) => words.includes(step.name));
  const filters = words.filter((word) => !STEPS.some((step) => step.name === word));
  if (named.length === 0) return { steps: filters.length === 0 ? STEPS : STEPS.filter((step) => step.kind === 'vitest'), filters };
  const first = [
    ...(named.some((step) => step.needsBuild) ? [BUILD] : []),
    ...(named.some((step) => step.needsAdmin) ? [ADMIN_BUILD] : []),
  ];
  return { steps: [...first.filter((step) => !named.includes(step)), ...named], filters };
}

/** @returns {Promise<{name, passed, failed, skipped, durationMs, problems: string[], notices: string[]}>} notices = skipped tests */
export async function runStep(step, context) {
  process.stdout.write(`\n── ${step.name}\n`);
  const startedAt = performance.now();
  const counts = await KINDS[step.kind](step, context);
  return { name: step.name, ...counts, durationMs: performance.now() - startedAt };
}

async function runTool(step, { root }) {
  step.prepare?.(root);
  const env = { ...process.env, ...step.env };
  const [script, ...args] = step.args;
  const result = await run(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, env, timeoutMs: step.timeoutMs, echo: true });
  const problems = result.timedOut ? [`${step.name} took longer than ${step.timeoutMs / MINUTE_MS} minutes`] : [`${step.name} failed, see above`];
  return result.code === 0 ? { passed: 1, failed: 0, skipped: 0, problems: [], notices: [] } : { passed: 0, failed: 1, skipped: 0, problems, notices: [] };
}

async function runVitest(step, { root, filters, variables, requireRedis }) {
  const directory = mkdtempSync(join(tmpdir(), 'takt-report-'));
  const reportFile = join(directory, 'report.json');
  const args = ['run', '--project', step.name, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  try {
    const result = await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args, ...filters], {
      cwd: root,
      env: { ...process.env, ...variables },
      timeoutMs: step.timeoutMs,
      echo: true,
    });
    return strict(readReport(reportFile, { result, name: step.name, root }), requireRedis);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The gate of the fault harness (test/chaos): each scenario counts as one test. */
async function runFaults(step, { root, requireRedis, variables }) {
  const directory = mkdtempSync(join(tmpdir(), 'takt-report-'));
  const countsFile = join(directory, 'counts.json');
  try {
    const result = await run(process.execPath, [join(root, 'scripts/chaos.mjs'), 'gate', '--counts', countsFile], {
      cwd: root,
      env: { ...process.env, ...variables },
      timeoutMs: step.timeoutMs,
      echo: true,
    });
    return strict(readFaultCounts(countsFile, { result, name: step.name }), requireRedis);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const KINDS = { tool: runTool, vitest: runVitest, faults: runFaults };

/** With `REQUIRE_REDIS=1`, as CI runs it, a skipped test hides something: it counts as failed. */
function strict(counts, requireRedis) {
  if (!requireRedis || counts.skipped === 0) return counts;
  const problems = [...counts.problems, ...counts.notices.map((title) => `skipped, which REQUIRE_REDIS=1 forbids: ${title}`)];
  return { ...counts, failed: problems.length, skipped: 0, problems, notices: [] };
}
