import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { aRunContext, type TestContext } from '../testing/a-run-context.js';
import { isAlive, livingProcessesWith } from '../testing/living-processes.js';
import { waitUntil } from '../testing/wait-until.js';
import { compileWorkerProgram, startWorkerProgram } from '../testing/worker-program.js';
import { testIsolation } from './isolation-self-test.js';
import { ProcessSupervisor } from './process-supervisor.js';
import { ProcessTaskRunner } from './process-task-runner.js';
import type { ProcessSupervisorOptions, SupervisorEvent } from './supervisor-options.js';

/** Holds on: SIGTERM is ignored, a daemon has a session of its own, another was forked twice. */
const STUBBORN = `trap '' TERM; setsid sleep 600 & ( (sleep 600) & ); echo up; while :; do sleep 0.05; done`;

/** Two programs that start one after the other, on a machine that is busy with others. */
const START_DEADLINE_MS = 25_000;

describe.each(['auto', 'off'] as const)('ProcessSupervisor, cgroup %s', (cgroup) => {
  const open: ProcessSupervisor[] = [];
  const events: SupervisorEvent[] = [];

  afterEach(async () => {
    await Promise.all(open.splice(0).map(async (supervisor) => supervisor.close()));
    events.splice(0);
  });

  const aSupervisor = (options: Partial<ProcessSupervisorOptions> = {}): ProcessSupervisor => {
    const onEvent = (event: SupervisorEvent): void => void events.push(event);
    const supervisor = new ProcessSupervisor({ workerEnvironment: process.env, graceMs: 300, cgroup, onEvent, ...options });
    open.push(supervisor);
    return supervisor;
  };

  const run = async (supervisor: ProcessSupervisor, command: string, context: TestContext = aRunContext(), environment: Readonly<Record<string, string>> = {}): ReturnType<ProcessTaskRunner['run']> =>
    new ProcessTaskRunner(supervisor).run(context, {
      file: '/bin/bash',
      args: ['-c', command],
      workingDirectory: '/',
      environment,
    });

  const untilUp = async (context: TestContext): Promise<void> => {
    await waitUntil(() => context.log.text('stdout').includes('up\n'), { what: 'the first line' });
  };

  it('reports what it can promise', async () => {
    const supervisor = aSupervisor();
    const abilities = await supervisor.abilities();
    expect(await testIsolation(supervisor)).toEqual({
      level: abilities.cgroup ? 'cgroup' : 'group+environ-scan',
      separateUser: false,
      noNewPrivileges: false,
      limits: true,
      devStdout: true,
      memoryMeasure: expect.toSatisfy((measure: unknown) => measure === 'pss' || measure === 'rss') as unknown,
    });
  });

  it('starts one helper, when the first task needs it', async () => {
    const supervisor = aSupervisor();
    expect(events).toEqual([]);
    await Promise.all([run(supervisor, 'true'), run(supervisor, 'true')]);
    expect(events.map(({ event }) => event)).toEqual(['spawn_helper.started']);
  });

  it('starts a further helper when each has several tasks, no more than it may, and ends them all', async () => {
    const supervisor = aSupervisor({ helpers: 2 });
    const outcomes = await Promise.all(Array.from({ length: 9 }, async () => run(supervisor, 'sleep 0.3')));
    expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'succeeded'));
    expect(events.map(({ event }) => event)).toEqual(['spawn_helper.started', 'spawn_helper.started']);
    await supervisor.close();
    expect(events.map(({ pid }) => isAlive(pid))).toEqual([false, false]);
  });

  it('gives the runs of a helper that dies up for lost, kills their trees, and goes on with a new one', async () => {
    const supervisor = aSupervisor();
    const context = aRunContext();
    const ended = run(supervisor, STUBBORN, context);
    await untilUp(context);
    const { pid } = await supervisor.abilities();
    process.kill(pid, 'SIGKILL');
    const error = 'the process that supervises tasks died (killed by SIGKILL); the task was killed';
    expect(await ended).toEqual({ kind: 'lost', error });
    expect(context.log.text('system')).toBe(`[${error}]\n`);
    expect(livingProcessesWith('TAKT_EXECUTION_ID', context.executionId)).toEqual([]);
    expect(await run(supervisor, 'exit 5')).toMatchObject({ kind: 'failed', error: 'exit code 5' });
    expect(events.map(({ event }) => event)).toEqual(['spawn_helper.started', 'spawn_helper.lost', 'spawn_helper.started']);
    expect(events[1]).toMatchObject({ pid, runs: 1 });
  });

  it('kills all that runs when it is closed, and takes nothing new', async () => {
    const supervisor = aSupervisor({ graceMs: 60_000 });
    const context = aRunContext();
    const ended = run(supervisor, STUBBORN, context);
    await untilUp(context);
    const { pid } = await supervisor.abilities();
    await supervisor.close();
    expect(await ended).toEqual({ kind: 'cancelled', error: 'this worker is shutting down' });
    expect(livingProcessesWith('TAKT_EXECUTION_ID', context.executionId)).toEqual([]);
    expect(isAlive(pid)).toBe(false);
    expect(await run(supervisor, 'true')).toEqual({ kind: 'cancelled', error: 'this worker is shutting down' });
  });

  it('ignores the signals of a terminal, which are the worker’s to judge', async () => {
    const supervisor = aSupervisor();
    const { pid } = await supervisor.abilities();
    process.kill(pid, 'SIGTERM');
    process.kill(pid, 'SIGINT');
    expect(await run(supervisor, 'true')).toMatchObject({ kind: 'succeeded' });
    expect(await supervisor.abilities()).toMatchObject({ pid });
  });

  it('says what is wrong when there is nothing to start', async () => {
    const task = { file: '/no/such/program', args: [], workingDirectory: '/', environment: {} };
    const outcome = await new ProcessTaskRunner(aSupervisor()).run(aRunContext(), task);
    expect(outcome).toMatchObject({ kind: 'failed', error: 'could not start: spawn /no/such/program ENOENT', retryable: false });
  });

  it('applies limits', async () => {
    const supervisor = aSupervisor({ limits: { fileSizeBytes: 4_096, cpuSeconds: 1 }, openFiles: 64 });
    const folder = mkdtempSync(join(tmpdir(), 'takt-limits-'));
    expect(await run(supervisor, 'ulimit -n; ulimit -t; ulimit -f')).toMatchObject({ result: { output: '64\n1\n4' } });
    expect(await run(supervisor, `head -c 100000 /dev/zero > ${folder}/big`)).toMatchObject({ kind: 'failed' });
    expect(await run(supervisor, 'while :; do :; done')).toMatchObject({ kind: 'failed', usage: { exitCode: null } });
    rmSync(folder, { recursive: true });
  });

  it.runIf(process.getuid?.() === 0)('runs tasks as another user when it is told to', async () => {
    const supervisor = aSupervisor({ runAs: { uid: 65_534, gid: 65_534 } });
    const context = aRunContext();
    const ended = run(supervisor, `id -u; id -G; grep NoNewPrivs /proc/self/status; echo "$HOME"; setsid sleep 600 & echo up; sleep 600`, context);
    await untilUp(context);
    context.stop('cancelled');
    await ended;
    expect(context.log.text('stdout')).toBe('65534\n65534\nNoNewPrivs:\t1\n/\nup\n');
    expect(livingProcessesWith('TAKT_EXECUTION_ID', context.executionId)).toEqual([]);
    expect(await testIsolation(supervisor)).toMatchObject({ separateUser: true, noNewPrivileges: true });
  });

  /** A folder of programs that say who they are and start nothing. */
  const impostors = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'takt-impostors-'));
    chmodSync(folder, 0o755);
    for (const name of ['prlimit', 'setpriv', 'env', 'sh']) writeFileSync(join(folder, name), '#!/bin/bash\necho impostor\n', { mode: 0o755 });
    return folder;
  };

  it.each(['impostors', 'nothing'])('applies the limits when the PATH of a job holds %s', async (what) => {
    const folder = what === 'nothing' ? '/nowhere' : impostors();
    const supervisor = aSupervisor({ limits: { cpuSeconds: 7 } });
    expect(await run(supervisor, 'ulimit -t; echo "$PATH"', aRunContext(), { PATH: folder })).toMatchObject({ result: { output: `7\n${folder}` } });
    rmSync(folder, { recursive: true, force: true });
  });

  it.runIf(process.getuid?.() === 0)('keeps privileges from a task whose PATH holds a setpriv of its own', async () => {
    const folder = impostors();
    const supervisor = aSupervisor({ runAs: { uid: 65_534, gid: 65_534 }, limits: { processes: 900 } });
    const command = 'while read -r line; do case $line in NoNewPrivs*) echo "$line";; esac; done < /proc/self/status; ulimit -u';
    expect(await run(supervisor, command, aRunContext(), { PATH: folder })).toMatchObject({ result: { output: 'NoNewPrivs:\t1\n900' } });
    rmSync(folder, { recursive: true });
  });

  it.runIf(process.getuid?.() === 0)('bounds a fork bomb and leaves nothing of it', async () => {
    const supervisor = aSupervisor({ runAs: { uid: 64_321, gid: 64_321 }, limits: { processes: 60 } });
    const context = aRunContext();
    const ended = run(supervisor, 'echo up; bomb() { bomb | bomb & }; bomb 2>/dev/null; exec sleep 600', context);
    await untilUp(context);
    await waitUntil(() => livingProcessesWith('TAKT_EXECUTION_ID', context.executionId).length > 40, { what: 'the bomb' });
    expect(livingProcessesWith('TAKT_EXECUTION_ID', context.executionId).length).toBeLessThanOrEqual(60);
    expect(await run(supervisor, 'exit 3')).toMatchObject({ kind: 'failed' });
    context.stop('timeout');
    expect(await ended).toMatchObject({ kind: 'timed-out' });
    expect(livingProcessesWith('TAKT_EXECUTION_ID', context.executionId)).toEqual([]);
    expect(await run(supervisor, 'exit 3')).toMatchObject({ kind: 'failed', error: 'exit code 3' });
  });

  it('runs many at once', async () => {
    const supervisor = aSupervisor();
    const outcomes = await Promise.all(Array.from({ length: 30 }, async (_, index) => run(supervisor, `echo ${String(index)}`)));
    expect(outcomes.map(({ result }) => (result as { output: string }).output)).toEqual(outcomes.map((_, index) => String(index)));
  });

  describe('a worker of its own', () => {
    let program: string;
    beforeAll(() => {
      program = compileWorkerProgram();
    });

    afterAll(() => {
      rmSync(program, { recursive: true });
    });

    const startStubborn = async (): Promise<{ worker: ReturnType<typeof startWorkerProgram>; mark: string; helper: number }> => {
      const mark = randomUUID();
      const worker = startWorkerProgram(program, { cgroup, command: STUBBORN, mark });
      onTestFinished(() => void worker.kill('SIGKILL'));
      await waitUntil(() => worker.printed().includes('up\n'), { what: 'the task', deadlineMs: START_DEADLINE_MS });
      expect(livingProcessesWith('TEST_MARK', mark).length).toBeGreaterThanOrEqual(3);
      return { worker, mark, helper: Number(/started (\d+)/.exec(worker.printed())?.[1]) };
    };

    it('hands none of the files on that it inherited', async () => {
      const command = 'for fd in 0 1 2 250 251 252; do [ -e /proc/$$/fd/$fd ] && echo -n "$fd "; done; echo are open';
      const worker = startWorkerProgram(program, { cgroup, command, mark: randomUUID() });
      onTestFinished(() => void worker.kill('SIGKILL'));
      await waitUntil(() => worker.printed().includes('are open'), { what: 'the task', deadlineMs: START_DEADLINE_MS });
      expect(worker.printed()).toMatch(/^0 1 2 are open$/m);
    });

    it('leaves no process: when it is killed, its helper sees it and kills all, within two seconds', async () => {
      const { worker, mark, helper } = await startStubborn();
      worker.kill('SIGKILL');
      await waitUntil(() => livingProcessesWith('TEST_MARK', mark).length === 0 && !isAlive(helper), { deadlineMs: 2_000 });
    });

    it('leaves its tasks to the next helper when its own is killed with it', async () => {
      const { worker, mark, helper } = await startStubborn();
      process.kill(helper, 'SIGSTOP');
      worker.kill('SIGKILL');
      process.kill(helper, 'SIGKILL');
      await waitUntil(() => !isAlive(helper));
      expect(livingProcessesWith('TEST_MARK', mark).length).toBeGreaterThanOrEqual(3);
      await aSupervisor().abilities();
      expect(livingProcessesWith('TEST_MARK', mark)).toEqual([]);
    });
  });
});
