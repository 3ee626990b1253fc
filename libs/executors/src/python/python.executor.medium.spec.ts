import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { findExecutable } from '../process/helper/find-executable.js';
import { ProcessSupervisor } from '../process/process-supervisor.js';
import { aRunContext } from '../testing/a-run-context.js';
import { waitUntil } from '../testing/wait-until.js';
import { PythonExecutor, type PythonExecutorOptions } from './python.executor.js';

const PYTHON = findExecutable('python3', process.env['PATH'] ?? '');

/** Folders that every user can read. */
const PUBLIC_PATH = '/usr/local/bin:/usr/bin:/bin';

describe.skipIf(PYTHON === null)('PythonExecutor', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'takt-python-')));
  const venv = join(root, 'venv');
  let supervisor: ProcessSupervisor;

  const script = (name: string, text: string, folder = root): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  beforeAll(() => {
    supervisor = new ProcessSupervisor({ workerEnvironment: process.env, graceMs: 300 });
    execFileSync(PYTHON ?? '', ['-m', 'venv', '--without-pip', venv]);
  }, 60_000);

  afterAll(async () => {
    await supervisor.close();
    rmSync(root, { recursive: true });
  });

  const run = async (args: JsonObject, options: PythonExecutorOptions = {}): Promise<AttemptOutcome> =>
    new PythonExecutor(supervisor, options).run(aRunContext({ taskFunction: 'python', args }));

  it('passes arguments as they are, without a shell', async () => {
    const args = ['--input', 'data.csv', '; touch pwned', '$(id)', '-x', 'a b', 'é\n'];
    const outcome = await run({ script_path: script('argv.py', 'import sys, json; print(json.dumps(sys.argv[1:]))'), arguments: args });
    expect(JSON.parse((outcome.result as { output: string }).output)).toEqual(args);
    expect(existsSync(join(root, 'pwned'))).toBe(false);
  });

  it('runs in the script’s folder unless told otherwise, and takes relative scripts from there', async () => {
    const path = script('cwd.py', 'import os; print(os.getcwd())', join(root, 'scripts'));
    expect(await run({ script_path: path })).toMatchObject({ result: { output: join(root, 'scripts') } });
    expect(await run({ script_path: 'scripts/cwd.py', working_directory: root })).toMatchObject({ result: { output: root } });
  });

  it('sets the environment of the job', async () => {
    script('mine.py', 'WORD = "found"', join(root, 'lib'));
    const path = script('env.py', 'import mine, os; print(mine.WORD, os.environ["A"], os.environ["PYTHONUNBUFFERED"], "JWT_SECRET" in os.environ)');
    process.env['JWT_SECRET'] = 'not-for-tasks';
    expect(await run({ script_path: path, environment: { PYTHONPATH: join(root, 'lib'), A: '1' } })).toMatchObject({
      result: { output: 'found 1 1 False' },
    });
  });

  it('uses the interpreter and the programs of a virtual environment', async () => {
    const path = script('venv.py', 'import os, sys; print(sys.prefix, os.environ["VIRTUAL_ENV"], os.environ["PATH"].split(":")[0])');
    const expected = { result: { output: `${venv} ${venv} ${join(venv, 'bin')}` } };
    expect(await run({ script_path: path, virtual_env: venv })).toMatchObject(expected);
    expect(await run({ script_path: path, virtual_env: venv, python_executable: '/usr/bin/python3', environment: { PATH: '/bin' } })).toMatchObject(expected);
  });

  it('fails with the exception that ended the script', async () => {
    const path = script('boom.py', 'raise ValueError("no such column: age")');
    expect(await run({ script_path: path })).toMatchObject({ kind: 'failed', error: 'exit code 1: ValueError: no such column: age', result: { exitCode: 1 } });
  });

  it('shows output while the script runs', async () => {
    const context = aRunContext({ args: { script_path: script('slow.py', 'import time; print("up"); time.sleep(60)') } });
    const ended = new PythonExecutor(supervisor).run(context);
    await waitUntil(() => context.log.text('stdout') === 'up\n');
    context.stop('cancelled');
    expect(await ended).toMatchObject({ kind: 'cancelled', result: { output: 'up' } });
  });

  it.runIf(process.getuid?.() === 0 && findExecutable('python3', PUBLIC_PATH) !== null)('passes over an interpreter that only the worker may start', async () => {
    const folder = join(root, 'of-the-worker');
    chmodSync(script('python3', `#!/bin/sh\nexec ${PYTHON ?? ''} "$@"\n`, folder), 0o755);
    chmodSync(folder, 0o700);
    const runAs = { uid: 65_534, gid: 65_534 };
    const theirs = new ProcessSupervisor({ workerEnvironment: { ...process.env, PATH: `${folder}:${PUBLIC_PATH}` }, runAs });
    onTestFinished(async () => theirs.close());
    const args = { script_path: script('whoami.py', 'import os; print(os.getuid())') };
    chmodSync(root, 0o755);
    expect(await new PythonExecutor(theirs).run(aRunContext({ args }))).toMatchObject({ kind: 'succeeded', result: { output: '65534' } });
  });

  it('asks a shim once where the interpreter is', async () => {
    const calls = join(root, 'calls');
    const shim = script('python-shim', `#!/bin/sh\necho x >> ${calls}\nexec ${PYTHON ?? ''} "$@"\n`);
    chmodSync(shim, 0o755);
    const executor = new PythonExecutor(supervisor);
    const args = { script_path: script('exe.py', 'import sys; print(sys.executable)'), python_executable: shim };
    const outcomes = [await executor.run(aRunContext({ args })), await executor.run(aRunContext({ args }))];
    expect(outcomes.map(({ kind }) => kind)).toEqual(['succeeded', 'succeeded']);
    expect(readFileSync(calls, 'utf8')).toBe('x\n');
  });

  it.each<[string, JsonObject]>([
    ['script_path: is required', {}],
    ['script_path "/no/such.py" does not exist', { script_path: '/no/such.py' }],
    ['script_path "/tmp" is not a file', { script_path: '/tmp' }],
    ['arguments: expected an array of strings', { script_path: '/x.py', arguments: '--all' }],
    ['arguments.1: expected a string', { script_path: '/x.py', arguments: ['a', 1] }],
    ['arguments.0: must not contain NUL', { script_path: '/x.py', arguments: ['a\0'] }],
    ['python_executable: must be an absolute path or the name', { script_path: '/x.py', python_executable: '../python' }],
    ['python_executable: must be an absolute path or the name', { script_path: '/x.py', python_executable: '-c' }],
    ['virtual_env: must be an absolute path', { script_path: '/x.py', virtual_env: 'venv' }],
  ])('refuses for good: %s', async (message, args) => {
    const outcome = await run(args);
    expect(outcome).toMatchObject({ kind: 'failed', retryable: false });
    expect(outcome.kind === 'failed' ? outcome.error : '').toContain(message);
  });

  it('refuses an interpreter or environment that does not work', async () => {
    const path = script('ok.py', 'print(1)');
    expect(await run({ script_path: path, python_executable: 'python9' })).toMatchObject({ retryable: false, error: expect.stringContaining('python_executable "python9"') as unknown });
    expect(await run({ script_path: path, python_executable: '/bin/false' })).toMatchObject({ retryable: false, error: expect.stringContaining('"/bin/false"') as unknown });
    expect(await run({ script_path: path, virtual_env: root })).toMatchObject({ retryable: false, error: expect.stringContaining('has no bin/python') as unknown });
  });

  it('stays within the file roots, through links as well', async () => {
    const jail = join(root, 'jail');
    const inside = script('in.py', 'print("in")', jail);
    const outside = script('out.py', 'print("out")', join(root, 'elsewhere'));
    symlinkSync(outside, join(jail, 'link.py'));
    symlinkSync(join(root, 'elsewhere'), join(jail, 'folder'));
    const options = { fileRoots: [jail] };
    expect(await run({ script_path: inside }, options)).toMatchObject({ kind: 'succeeded' });
    for (const args of [
      { script_path: outside },
      { script_path: join(jail, 'link.py') },
      { script_path: join(jail, 'folder', 'out.py') },
      { script_path: join(jail, '..', 'elsewhere', 'out.py') },
      { script_path: '../elsewhere/out.py', working_directory: jail },
      { script_path: inside, working_directory: root },
      { script_path: inside, virtual_env: venv },
    ]) {
      expect(await run(args, options)).toMatchObject({ kind: 'failed', retryable: false, error: expect.stringContaining('outside the allowed folders') as unknown });
    }
  });
});
