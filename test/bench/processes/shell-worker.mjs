/** The product's shell executor in a process that holds as much memory as a busy worker. argv: count, concurrency, MiB */
import { randomUUID } from 'node:crypto';
import { ProcessSupervisor } from '#executors/process/process-supervisor.js';
import { ShellExecutor } from '#executors/shell/shell.executor.js';
import { measureRate } from './rate.mjs';

const [count, concurrency, mebibytes] = process.argv.slice(2).map(Number);
const supervisor = new ProcessSupervisor({ workerEnvironment: process.env });
const executor = new ShellExecutor(supervisor);
const context = () => ({
  executionId: randomUUID(),
  jobId: randomUUID(),
  taskFunction: 'shell',
  attempt: 1,
  fireKey: 'bench',
  scheduledFor: new Date(),
  args: { command: 'true' },
  timeoutMs: 60_000,
  signal: new AbortController().signal,
  isStopped: () => false,
  log: { write: () => undefined },
  progress: () => undefined,
});

async function run() {
  const outcome = await executor.run(context());
  if (outcome.kind !== 'succeeded') throw new Error(`${outcome.kind}: ${String(outcome.error)}`);
}

const held = [];
while (process.memoryUsage.rss() < mebibytes * 2 ** 20) held.push(Buffer.alloc(2 ** 20, held.length));
// A worker that has been busy for a while: its spawn helpers are there.
await Promise.all(Array.from({ length: 2 * concurrency }, run));
process.once('message', async () => {
  const result = await measureRate({ count, concurrency, run });
  await supervisor.close();
  process.send({ type: 'result', result: { ...result, rssMiB: process.memoryUsage.rss() / 2 ** 20, held: held.length } });
});
process.send({ type: 'ready' });
process.once('disconnect', () => process.exit(0));
