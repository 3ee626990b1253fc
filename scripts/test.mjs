/**
 * `npm test`: everything that can be checked, one step after the other, with real counts.
 *
 *   npm test                                all steps
 *   npm test -- unit integration            these steps (and the build, where a step needs it)
 *   npm test -- unit libs/domain            further words filter the test files of the vitest steps
 *
 * The last line is `N passed, N failed` (and `, N skipped`). Type-check, lint, build and import directions count as one
 * test each. Skipped tests are listed. Without Redis its suites are skipped; with REQUIRE_REDIS=1 they run and fail.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killAll } from './process/run.mjs';
import { startTestStores, storeVariables } from './stores/test-stores.mjs';
import { printSummary } from './testing/summary.mjs';
import { planSteps, runStep } from './testing/steps.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const requireRedis = process.env.REQUIRE_REDIS === '1';
let stores = null;

process.exitCode = await main(process.argv.slice(2));

async function main(words) {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => void abandon());
  const { steps, filters } = planSteps(words);
  const results = [];
  try {
    for (const step of steps) {
      if (step.needsStores && stores === null) await prepareStores(results);
      if (step.needsStores && stores === null) continue;
      results.push(await runStep(step, { root, filters, requireRedis, variables: stores === null ? {} : storeVariables(stores) }));
    }
  } finally {
    killAll();
    await stores?.stop();
  }
  return printSummary(results);
}

async function prepareStores(results) {
  if (results.some((result) => result.name === 'stores')) return;
  const startedAt = performance.now();
  const failed = (problem) =>
    results.push({ name: 'stores', passed: 0, failed: 1, skipped: 0, durationMs: performance.now() - startedAt, problems: [problem], notices: [] });
  process.stdout.write('\n── stores\n');
  try {
    stores = await startTestStores({ root, download: true });
  } catch (error) {
    failed(`PostgreSQL or Redis for the tests could not be started: ${error.message}`);
    return;
  }
  process.stdout.write(`PostgreSQL ready, ${stores.redisUrl === null ? 'no Redis' : `Redis from ${stores.redisReason}`}\n`);
  if (stores.redisUrl !== null) return;
  process.stdout.write(`\n!!! NO REDIS: ${stores.redisReason}.\n!!! The suites that need Redis are SKIPPED. Set TEST_REDIS_URL or install redis-server to run them.\n`);
  if (requireRedis) failed(`REQUIRE_REDIS=1, but there is ${stores.redisReason}`);
}

/** Ctrl-C: nothing that was started here stays behind. */
async function abandon() {
  killAll();
  await stores?.stop();
  process.exit(130);
}
