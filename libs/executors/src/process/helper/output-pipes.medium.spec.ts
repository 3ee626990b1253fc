import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FifoPool } from './fifo-pool.js';
import { OutputPipes } from './output-pipes.js';
import { readProcess } from './process-table.js';

const LIMIT_MS = 50;

let pool: FifoPool | null;

beforeAll(() => {
  pool = FifoPool.create();
});

afterAll(() => {
  pool?.remove();
});

/** Holds up the event loop, as starting many processes does. */
function holdUp(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function holdUpUntilEnded({ pid = 0 }: ChildProcess): void {
  const untilMs = performance.now() + 10_000;
  while (readProcess(pid)?.state !== 'Z' && performance.now() < untilMs) holdUp(5);
}

it.each(['named pipes', 'socket pairs'])('hands over what was written while the loop was held up for longer than the limit: %s', async (kind) => {
  let read = '';
  const pipes = new OutputPipes(kind === 'named pipes' ? pool : null, (_, chunk) => (read += chunk.toString()));
  const child = spawn('/bin/sh', ['-c', 'echo said'], { stdio: ['ignore', ...pipes.targets] });
  pipes.attach(child);
  const drained = pipes.drain(LIMIT_MS);
  holdUpUntilEnded(child);
  holdUp(2 * LIMIT_MS);
  await drained;
  expect(read).toBe('said\n');
});

it('closes after the limit what a process that got away holds open', async () => {
  let pid = 0;
  const pipes = await new Promise<OutputPipes>((resolve) => {
    const made = new OutputPipes(pool, () => {
      resolve(made);
    });
    const child = spawn('/bin/sh', ['-c', 'echo said; exec sleep 60'], { stdio: ['ignore', ...made.targets] });
    made.attach(child);
    pid = child.pid ?? 0;
  });
  await pipes.drain(LIMIT_MS);
  expect(readProcess(pid)?.state).toMatch(/[RSD]/);
  process.kill(pid, 'SIGKILL');
});
