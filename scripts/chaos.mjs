/**
 * `npm run chaos -- <scenario …>|gate|all|planted|report [--seed N] [--seeds K] [--backend redis|postgres]`: breaks a running Takt
 * on purpose and checks that its promises held. Compiles the harness (test/chaos) and hands over; the product must be built.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (!existsSync(join(root, 'dist/apps/api/src/main.js'))) fail('The product is not built: npm run build');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const compiled = spawnSync(process.execPath, [compiler, '-p', 'test/chaos/tsconfig.json'], { cwd: root, stdio: 'inherit' });
if (compiled.status !== 0) fail('The harness does not compile.');

const { main } = await import(join(root, '.cache/chaos/test/chaos/main.js'));
process.exitCode = await main({ root, words: process.argv.slice(2) });

function fail(message) {
  console.error(message);
  process.exit(2);
}
