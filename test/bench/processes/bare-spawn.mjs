/** Spawns a program again and again, so many at a time, with piped output, and nothing else. argv: count, concurrency, program … */
import { spawn } from 'node:child_process';
import { measureRate } from './rate.mjs';

const [count, concurrency, file, ...args] = process.argv.slice(2);

function run() {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.resume();
    child.stderr.resume();
    child.once('error', reject);
    child.once('close', resolve);
  });
}

process.once('message', async () => {
  process.send({ type: 'result', result: await measureRate({ count: Number(count), concurrency: Number(concurrency), run }) });
});
process.send({ type: 'ready' });
process.once('disconnect', () => process.exit(0));
