/**
 * `npm run chaos -- <scenario …>|gate|all|planted|report`: breaks a running Takt on purpose and checks that its promises held;
 * the options are in test/chaos/README.md. Compiles the product and the harness, which takes the copy of both that it runs.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareBuild } from './launcher/build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

prepareBuild(root);
compile('tsconfig.build.json', 'The product does not compile.');
compile('test/chaos/tsconfig.json', 'The harness does not compile.');

const { main } = await import(join(root, '.cache/chaos/test/chaos/main.js'));
process.exitCode = await main({ root, words: process.argv.slice(2) });

function compile(project, problem) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  console.error(problem);
  process.exit(2);
}
