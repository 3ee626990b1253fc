import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { MAX_INTERVAL_MS } from '../process/helper/memory-sampler.js';
import { ProcessSupervisor } from '../process/process-supervisor.js';
import { aRunContext, type TestContext } from '../testing/a-run-context.js';
import { isAlive, livingProcessesWith } from '../testing/living-processes.js';
import { waitUntil } from '../testing/wait-until.js';
import { ShellExecutor } from './shell.executor.js';

const GRACE_MS = 400;
const folder = mkdtempSync(join(tmpdir(), 'takt-shell-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The same promises hold with a cgroup for each run and, where none can be had, by searching /proc. */
describe.each(['auto', 'off'] as const)('ShellExecutor, cgroup %s', (cgroup) => {
  let supervisor: ProcessSupervisor;
  let executor: ShellExecutor;

  beforeAll(() => {
    process.env['DATABASE_URL'] = 'postgresql://takt:hunter2@db/takt';
    process.env['JWT_SECRET'] = 'not-for-tasks';
    supervisor = new ProcessSupervisor({ workerEnvironment: process.env, graceMs: GRACE_MS, drainMs: 500, cgroup });
    executor = new ShellExecutor(supervisor);
  });

  afterAll(async () => {
    await supervisor.close();
  });

  const run = async (command: string, args: JsonObject = {}): Promise<{ outcome: AttemptOutcome; context: TestContext }> => {
    const context = aRunContext({ args: { command, ...args } });
    return { outcome: await executor.run(context), context };
  };

  /** Starts a command, waits until it prints a line, and gives that line. */
  const start = async (command: string): Promise<{ ended: Promise<AttemptOutcome>; context: TestContext; line: string }> => {
    const context = aRunContext({ args: { command }, timeoutMs: 1_234 });
    const ended = executor.run(context);
    await waitUntil(() => context.log.text('stdout').includes('\n'), { what: 'the first line' });
    return { ended, context, line: context.log.text('stdout').split('\n')[0] ?? '' };
  };

  const nothingLeftOf = (context: TestContext): void => {
    expect(livingProcessesWith('TAKT_EXECUTION_ID', context.executionId)).toEqual([]);
  };

  it('succeeds with the end of the output', async () => {
    const { outcome } = await run('echo "hello  "; echo world');
    expect(outcome).toMatchObject({
      kind: 'succeeded',
      result: { exitCode: 0, output: 'hello  \nworld', truncated: false },
      usage: { exitCode: 0, signal: null },
    });
  });

  it('fails with the exit code and the last line of stderr', async () => {
    const { outcome } = await run('echo out; echo first >&2; echo "no such table" >&2; exit 3');
    expect(outcome).toMatchObject({ kind: 'failed', error: 'exit code 3: no such table', result: { exitCode: 3, output: 'out' } });
    expect(await run('exit 4')).toMatchObject({ outcome: { kind: 'failed', error: 'exit code 4' } });
  });

  it('names the signal that ended the command', async () => {
    const { outcome } = await run('kill -SEGV $$');
    expect(outcome).toMatchObject({ kind: 'failed', error: 'killed by SIGSEGV', usage: { exitCode: null, signal: 'SIGSEGV' } });
  });

  it('writes both streams to the log in order of arrival', async () => {
    const context = aRunContext({ args: { command: 'echo 1; read _ < <(sleep 0.1); echo 2 >&2; read _ < <(sleep 0.1); echo 3' } });
    await executor.run(context);
    expect(context.log.chunks).toEqual([
      { stream: 'stdout', text: '1\n' },
      { stream: 'stderr', text: '2\n' },
      { stream: 'stdout', text: '3\n' },
    ]);
  });

  it('puts UTF-8 together that is written in pieces', async () => {
    const { context } = await run(String.raw`printf '\xf0\x9f'; read _ < <(sleep 0.1); printf '\x98\x80 ok'`);
    expect(context.log.text('stdout')).toBe('😀 ok');
  });

  it('lets commands open /dev/stderr', async () => {
    const { context } = await run('echo oops > /dev/stderr; echo fine | tee /dev/stderr');
    expect(context.log.text('stderr')).toBe('oops\nfine\n');
  });

  it('gives the task its own variables and none of the worker’s secrets', async () => {
    const { context } = await run('env', { environment: { GREETING: 'hi there', PATH: '/usr/bin:/bin' } });
    const lines = context.log.text('stdout').trim().split('\n');
    const variables = new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    expect(variables.get('GREETING')).toBe('hi there');
    expect(variables.get('PATH')).toBe('/usr/bin:/bin');
    expect(variables.get('TAKT_EXECUTION_ID')).toBe(context.executionId);
    expect(variables.get('TAKT_JOB_ID')).toBe(context.jobId);
    expect(variables.get('TAKT_FIRE_KEY')).toBe(context.fireKey);
    expect(variables.get('TAKT_ATTEMPT')).toBe('1');
    expect(variables.get('TAKT_SCHEDULED_FOR')).toBe('2026-03-01T12:00:00.000Z');
    expect(variables.get('TAKT_RUN_ID')).toMatch(/^[0-9a-f-]{36}$/);
    const allowed = /^(PATH|HOME|LANG|LC_\w+|TZ|TMPDIR|USER|LOGNAME|SHELL|TAKT_\w+|GREETING|PWD|OLDPWD|SHLVL|_)$/;
    expect([...variables.keys()].filter((name) => !allowed.test(name))).toEqual([]);
  });

  it('keeps secrets out of the helper as well', async () => {
    const { context } = await run(`cat /proc/$PPID/environ | tr '\\0' '\\n'`);
    expect(context.log.text('stdout')).toContain('PATH=');
    expect(context.log.text()).not.toMatch(/DATABASE_URL|JWT_SECRET|hunter2|not-for-tasks/);
  });

  it('runs in the working directory and shell that the job says, in either spelling', async () => {
    expect((await run('pwd -P', { working_directory: folder })).outcome).toMatchObject({ result: { output: realpathSync(folder) } });
    expect((await run('pwd -P', { workingDirectory: '/' })).outcome).toMatchObject({ result: { output: '/' } });
    expect((await run('readlink /proc/$$/exe', { shell: '/bin/sh' })).outcome).toMatchObject({
      result: { output: realpathSync('/bin/sh') },
    });
  });

  it.each<[string, JsonObject]>([
    ['command: is required', {}],
    ['command: expected a string', { command: 5 }],
    ['command: must not contain NUL', { command: 'a\0b' }],
    ['shell: must be one of', { command: 'true', shell: '/usr/bin/python3' }],
    ['working_directory: must be an absolute path', { command: 'true', working_directory: 'tmp' }],
    ['workingDirectory: must be an absolute path', { command: 'true', workingDirectory: 'tmp' }],
    ['working_directory "/no/such/folder" does not exist', { command: 'true', working_directory: '/no/such/folder' }],
    ['environment.A-B: is not a variable name', { command: 'true', environment: { 'A-B': '1' } }],
    ['environment.LD_PRELOAD: is not allowed', { command: 'true', environment: { LD_PRELOAD: '/x.so' } }],
    ['environment.A: must not contain NUL', { command: 'true', environment: { A: 'x\0' } }],
    ['environment.A: expected a string', { command: 'true', environment: { A: 1 } }],
  ])('refuses for good: %s', async (message, args) => {
    const outcome = await executor.run(aRunContext({ args }));
    expect(outcome).toMatchObject({ kind: 'failed', retryable: false });
    expect(outcome.kind === 'failed' ? outcome.error : '').toContain(message);
  });

  it('notes parameters that mean nothing', async () => {
    const { context } = await run('true', { working_dir: '/tmp' });
    expect(context.log.text('system')).toBe('[ignored unknown parameter(s): working_dir]\n');
  });

  it('does not take a command that begins with a dash for an option', async () => {
    expect((await run('-c true')).outcome).toMatchObject({ kind: 'failed', result: { exitCode: 127 } });
  });

  it('ends a command that obeys SIGTERM at once when it is cancelled', async () => {
    const { ended, context } = await start('echo up; exec sleep 60');
    const since = performance.now();
    context.stop('cancelled', 'cancelled by alice');
    expect(await ended).toMatchObject({ kind: 'cancelled', error: 'cancelled by alice', usage: { signal: 'SIGTERM' } });
    expect(performance.now() - since).toBeLessThan(GRACE_MS + 1_000);
    nothingLeftOf(context);
  });

  it('lets a command use the grace to clean up', async () => {
    const { ended, context } = await start(`trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.02; done`);
    context.stop('shutdown', 'this worker is shutting down');
    expect(await ended).toMatchObject({ kind: 'cancelled', error: 'this worker is shutting down', result: { output: 'up\nbye' } });
  });

  it('kills a command that ignores SIGTERM when the grace is over, with all its children', async () => {
    const { ended, context } = await start(`trap '' TERM; echo up; while :; do sleep 0.05; done`);
    const since = performance.now();
    context.stop('timeout');
    expect(await ended).toMatchObject({ kind: 'timed-out', error: 'timed out after 1234 ms', usage: { signal: 'SIGKILL' } });
    const tookMs = performance.now() - since;
    expect(tookMs).toBeGreaterThanOrEqual(GRACE_MS - 20);
    expect(tookMs).toBeLessThan(GRACE_MS + 1_500);
    nothingLeftOf(context);
  });

  it('gives a fenced run no grace: another worker may be running it', async () => {
    const { ended, context } = await start(`trap '' TERM; echo up; while :; do sleep 0.05; done`);
    const since = performance.now();
    context.stop('fenced', 'another worker took over');
    expect(await ended).toMatchObject({ kind: 'cancelled', error: 'another worker took over' });
    expect(performance.now() - since).toBeLessThan(GRACE_MS);
    nothingLeftOf(context);
  });

  it('stops a command that stopped itself', async () => {
    const { ended, context } = await start('echo up; kill -STOP $$; sleep 60');
    context.stop('cancelled');
    expect(await ended).toMatchObject({ kind: 'cancelled' });
    nothingLeftOf(context);
  });

  it('kills a daemon in a session of its own that ignores SIGTERM and holds stdout', async () => {
    const { ended, context, line } = await start(
      `setsid bash -c 'trap "" TERM; echo $$; while :; do sleep 0.05; done' & trap '' TERM; while :; do sleep 0.05; done`,
    );
    expect(isAlive(Number(line))).toBe(true);
    context.stop('timeout');
    expect(await ended).toMatchObject({ kind: 'timed-out' });
    expect(isAlive(Number(line))).toBe(false);
    nothingLeftOf(context);
  });

  it('kills a daemon that a successful command leaves behind, and says so', async () => {
    const { outcome, context } = await run(`(setsid sh -c 'echo $$; exec sleep 60 >/dev/null 2>&1' &) | head -n 1`);
    const daemon = Number((outcome.result as { output: string }).output);
    expect(outcome).toMatchObject({ kind: 'succeeded' });
    expect(daemon).toBeGreaterThan(1);
    expect(isAlive(daemon)).toBe(false);
    expect(context.log.text('system')).toBe('[1 process(es) outlived the task and were killed]\n');
  });

  it('is not held up by a double fork that keeps stdout open', async () => {
    const since = performance.now();
    const { outcome, context } = await run('( (sleep 60; echo late) & ) ; echo done');
    expect(outcome).toMatchObject({ kind: 'succeeded', result: { output: 'done' } });
    expect(performance.now() - since).toBeLessThan(2_000);
    nothingLeftOf(context);
  });

  it('kills a parent before it can react to the death of its child', async () => {
    const { outcome, context } = await run(`for i in 1 2 3 4 5; do (sleep 60; echo late; sleep 60; echo later) & done; echo done`);
    expect(outcome).toMatchObject({ kind: 'succeeded', result: { output: 'done' } });
    expect(context.log.text('stdout')).toBe('done\n');
  });

  it('kills background children after a normal exit', async () => {
    const { outcome, context } = await run('for i in 1 2 3; do sleep 60 & done; echo done');
    expect(outcome).toMatchObject({ kind: 'succeeded', result: { output: 'done' } });
    expect(context.log.text('system')).toContain('3 process(es) outlived');
    nothingLeftOf(context);
  });

  it.each([['in one group', ''], ['each in a session of its own', 'setsid ']])('kills a chain of processes that fork anew all the time, %s', async (_, prefix) => {
    const script = join(folder, `chain-${cgroup}-${prefix.trim()}.sh`);
    const command = `cat > ${script} <<'X'\ntrap '' TERM\nsleep 0.01\n${prefix}bash ${script} &\nX\n${prefix}bash ${script} & echo up; sleep 60`;
    const { ended, context } = await start(command);
    context.stop('cancelled');
    expect(await ended).toMatchObject({ kind: 'cancelled' });
    nothingLeftOf(context);
  });

  // Without a cgroup such a daemon cannot be told from the machine's own.
  if (cgroup === 'auto') it('kills even a daemon that left session, parents and environment at once', async ({ skip }) => {
    if (!(await supervisor.abilities()).cgroup) skip('this machine lets us make no cgroup');
    const { outcome } = await run(`(setsid env -i sh -c 'echo $$; exec sleep 60 >/dev/null 2>&1' &) | head -n 1`);
    const daemon = Number((outcome.result as { output: string }).output);
    expect(daemon).toBeGreaterThan(1);
    expect(isAlive(daemon)).toBe(false);
  });

  it('lets the end of a pipeline finish after the shell has exited', async () => {
    const { context } = await run(`exec > >(while read -r line; do sleep 0.05; echo "seen $line"; done); echo one; echo two`);
    expect(context.log.text('stdout')).toBe('seen one\nseen two\n');
  });

  it('keeps the first and the last part of a flood and counts all of it', async () => {
    const bytes = 50 * 1024 * 1024;
    const before = process.memoryUsage().rss;
    const { outcome, context } = await run(`printf START; head -c ${String(bytes)} /dev/zero | tr '\\0' x; printf END`);
    const system = context.log.text('system');
    expect(system.split('\n').at(-2)).toBe(`[output truncated: 1048576 of ${String(bytes + 8)} bytes kept]`);
    expect(system).toContain(`[${String(bytes + 8 - 1_048_576)} bytes left out here]`);
    const text = context.log.text('stdout');
    expect(Buffer.byteLength(text)).toBe(1_048_576);
    expect([text.slice(0, 6), text.slice(-4)]).toEqual(['STARTx', 'xEND']);
    expect(outcome).toMatchObject({ kind: 'succeeded', result: { truncated: true } });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    const { pid } = await supervisor.abilities();
    const helperRss = Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) * 1024;
    expect(helperRss).toBeLessThan(160 * 1024 * 1024);
  });

  it('reads gigabytes without keeping them, while its neighbours go on', async () => {
    const before = process.memoryUsage().rss;
    const flood = run(`yes | head -c ${String(2 ** 31)}`);
    const neighbours = await Promise.all(Array.from({ length: 5 }, async () => run('sleep 0.2; echo done')));
    expect(neighbours.map(({ outcome }) => outcome.result)).toEqual(neighbours.map(() => ({ exitCode: 0, output: 'done', truncated: false })));
    const { outcome, context } = await flood;
    expect(outcome).toMatchObject({ kind: 'succeeded', result: { truncated: true } });
    expect(context.log.text('system')).toContain(`1048576 of ${String(2 ** 31)} bytes kept`);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  }, 30_000);

  it('measures the memory of the whole tree', async () => {
    // The shell keeps 40 MB in a variable, its child another 40 MB, for some samples. A last command would replace the shell.
    const samples = (5 * MAX_INTERVAL_MS) / 1000;
    const hold = (mark: string): string => `x=$(head -c 40000000 /dev/zero | tr '\\0' y); touch ${mark}; until [ -e a ] && [ -e b ]; do sleep 0.02; done; sleep ${String(samples)}; :`;
    const place = mkdtempSync(join(folder, 'memory-'));
    const { outcome } = await run(`(${hold('a')}) & ${hold('b')}; wait`, { working_directory: place });
    const { peakMemoryBytes, averageMemoryBytes } = outcome.usage ?? {};
    expect(peakMemoryBytes).toBeGreaterThan(70_000_000);
    expect(peakMemoryBytes).toBeLessThan(400_000_000);
    expect(averageMemoryBytes).toBeGreaterThan(1_000_000);
    expect(averageMemoryBytes).toBeLessThanOrEqual(peakMemoryBytes ?? 0);
  });

  it('has a memory figure even for a short command', async () => {
    expect((await run('sleep 0.3')).outcome.usage?.peakMemoryBytes).toBeGreaterThan(0);
  });

  it('gives tasks umask 022, no core dumps and a bounded number of files', async () => {
    const { outcome } = await run('umask; ulimit -c; ulimit -n');
    expect(outcome).toMatchObject({ result: { output: '0022\n0\n4096' } });
  });

  it('does not start what was stopped before', async () => {
    const context = aRunContext({ args: { command: 'echo no' } });
    context.stop('cancelled', 'too late');
    expect(await executor.run(context)).toEqual({ kind: 'cancelled', error: 'too late' });
    expect(context.log.chunks).toEqual([]);
  });
});
