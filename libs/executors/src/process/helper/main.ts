/**
 * A spawn helper: a small process that starts task processes of one worker, which has one or a few of them.
 *
 * Why: starting a process forks, and forking copies the page tables, ~20–40 ms of blocked event loop per GiB of the
 * worker's memory. The helper stays small (64 MiB heap), so a spawn costs ~1 ms whatever the worker holds.
 *
 * Who is the authority: the worker decides what runs and when it stops; the helper guarantees that what it started does not
 * outlive its run, the worker or the helper's own end in good order. When the channel to the worker closes, for whatever
 * reason, it kills all its trees and exits. When the helper itself is killed, the next one sweeps (`orphan-sweep.ts`).
 * Signals of a terminal or a service manager are the worker's to judge; the helper ignores them.
 *
 * This folder imports nothing but `node:` modules and itself: it runs as a program of its own.
 */
import { FifoPool } from './fifo-pool.js';
import { closeInheritedFiles } from './inherited-files.js';
import { findWrappers } from './launch.js';
import { MemorySampler } from './memory-sampler.js';
import { sweepOrphans } from './orphan-sweep.js';
import { HAS_PROCFS, ProcessTableReader } from './process-table.js';
import type { FromHelper, HelperConfig, ToHelper } from './protocol.js';
import { CgroupHost } from './run-cgroup.js';
import { TaskRun, type RunSurroundings } from './task-run.js';

const EXIT_DEFECT = 70;

const running = new Map<string, { run: TaskRun; ended: Promise<void> }>();
let surroundings: RunSurroundings | null = null;
let leaving = false;

function send(message: FromHelper, sent: () => void = () => undefined): void {
  if (!process.connected || process.send === undefined) {
    sent();
    return;
  }
  process.send(message, undefined, undefined, () => {
    sent();
  });
}

async function configure(config: HelperConfig): Promise<void> {
  process.umask(config.umask);
  await sweepOrphans();
  const tables = new ProcessTableReader();
  const wrappers = findWrappers(config.searchPath, config.runAs);
  const fifos = FifoPool.create();
  const cgroups = config.cgroup === 'auto' ? CgroupHost.open() : null;
  surroundings = { config, wrappers, tables, sampler: new MemorySampler(tables), fifos, cgroups, send };
  const [prlimit, setpriv] = [wrappers.prlimit !== null, wrappers.setpriv !== null];
  const abilities = { pid: process.pid, procfs: HAS_PROCFS, prlimit, setpriv, cgroup: cgroups !== null, fifos: fifos !== null };
  send({ type: 'ready', abilities });
}

function receive(message: ToHelper): void {
  switch (message.type) {
    case 'configure':
      void configure(message.config);
      return;
    case 'start':
      start(message.request);
      return;
    case 'stop':
      running.get(message.runId)?.run.stop(message.graceMs);
      return;
    case 'shutdown':
      void leave(0);
      return;
    default:
      message satisfies never;
  }
}

function start(request: (ToHelper & { type: 'start' })['request']): void {
  if (surroundings === null || leaving) return;
  const run = new TaskRun(request, surroundings);
  const ended = run.run().finally(() => running.delete(request.runId));
  running.set(request.runId, { run, ended });
}

/** Kills everything, then exits. Whatever goes wrong on the way, it does exit. */
async function leave(code: number): Promise<void> {
  if (leaving) return;
  leaving = true;
  for (const { run } of running.values()) run.stop(0);
  await Promise.allSettled([...running.values()].map(({ ended }) => ended));
  surroundings?.fifos?.remove();
  surroundings?.cgroups?.close();
  process.exit(code);
}

closeInheritedFiles();
process.on('message', receive);
process.once('disconnect', () => void leave(0));
process.on('uncaughtException', (error) => {
  process.stderr.write(`spawn helper: ${error.stack ?? error.message}\n`);
  void leave(EXIT_DEFECT);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
