import { execFileSync, spawn } from 'node:child_process';
import { existsSync, renameSync, symlinkSync } from 'node:fs';
import { chmod, chown, link, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { aRunContext } from '#executors/testing/a-run-context.js';
import { asUnprivileged, createTestingGround, type TestingGround } from './testing-ground.conformance.js';

let ground: TestingGround;
/** The one folder that `FILE_ROOTS` names in these tests. */
let root: string;
beforeAll(async () => {
  ground = await createTestingGround();
  root = join(ground.folder, 'allowed');
});
afterAll(() => ground.drop());
beforeEach(async () => {
  await ground.clear();
  await mkdir(root);
});

const clean = (args: JsonObject, context = {}): Promise<AttemptOutcome> => ground.run('file_cleanup', args, { ...context, args });

function resultOf(outcome: AttemptOutcome): JsonObject {
  if (outcome.kind !== 'succeeded') throw new Error(`${outcome.kind}: ${outcome.error}`);
  return outcome.result as JsonObject;
}

async function errorOf(args: JsonObject): Promise<string> {
  const outcome = await clean(args);
  expect(outcome).toMatchObject({ kind: 'failed', retryable: false });
  return outcome.kind === 'failed' ? outcome.error : '';
}

describe('file_cleanup', () => {
  test('deletes what matches and is old enough, at any depth, and nothing else', async () => {
    await ground.file('allowed/logs/old.log', '12345', 10);
    await ground.file('allowed/logs/young.log', '12345', 5);
    await ground.file('allowed/logs/old.txt', '12345', 10);
    await ground.file('allowed/logs/a/b/old.log', '123', 10);
    await ground.file('allowed/logs/.git/old.log', '123', 10);
    await ground.file('allowed/other/old.log', '123', 10);
    expect(resultOf(await clean({ path: join(root, 'logs'), pattern: '*.log', days: 7 }))).toEqual({
      scanned: 5,
      matched: 2,
      deleted: 2,
      bytes_freed: 8,
      errors: [],
      error_count: 0,
      dry_run: false,
    });
    expect(await ground.tree('allowed')).toEqual(['logs/', 'logs/.git/', 'logs/.git/old.log', 'logs/a/', 'logs/a/b/', 'logs/old.txt', 'logs/young.log', 'other/', 'other/old.log']);
  });

  test('takes everything of more than 30 days when only the path is given', async () => {
    await ground.file('allowed/x/a', 'a', 31);
    await ground.file('allowed/x/b', 'b', 29);
    expect(resultOf(await clean({ path: join(root, 'x') }))).toMatchObject({ scanned: 2, deleted: 1 });
  });

  test('only looks when it is a dry run', async () => {
    await ground.file('allowed/x/a', 'abc', 99);
    const context = aRunContext();
    expect(resultOf(await clean({ path: join(root, 'x'), dry_run: true }, context))).toMatchObject({ matched: 1, deleted: 0, bytes_freed: 0, dry_run: true });
    expect(context.log.text('stdout')).toContain('would delete a\n');
    expect(await ground.tree('allowed/x')).toEqual(['a']);
  });

  test('fails clearly without a path, with a missing one, and with one that is no folder', async () => {
    await ground.file('allowed/file', 'x', 99);
    expect(await errorOf({})).toBe('"path" is required');
    expect(await errorOf({ path: join(root, 'none') })).toBe(`"${join(root, 'none')}" does not exist`);
    expect(await errorOf({ path: join(root, 'file') })).toMatch(/is not a folder/);
    expect(await errorOf({ path: join(root, 'file'), pattern: '../*' })).toMatch(/can never match/);
    expect(await errorOf({ path: join(root, 'x'), days: -1 })).toMatch(/days/);
    expect(await ground.tree('allowed')).toEqual(['file']);
  });

  test.each(['/', '/etc', '..', '../outside', 'allowed/../../outside', ''])('refuses %j, which is not below an allowed folder', async (path) => {
    await ground.file('outside/secret', 'keep', 99);
    const given = path.startsWith('/') || path === '' ? path : `${root}/${path}`;
    expect(await errorOf({ path: given })).toMatch(/outside the allowed folders|is required|does not exist|must NOT have fewer/);
    expect(await ground.text('outside/secret')).toBe('keep');
  });

  test('refuses an allowed folder itself, however it is written', async () => {
    await ground.file('allowed/a', 'keep', 99);
    for (const path of [root, `${root}/`, `${root}/x/..`, `${root}/.`]) expect(await errorOf({ path })).toMatch(/one of the allowed folders itself/);
    await symlink(root, join(root, 'self'));
    expect(await errorOf({ path: join(root, 'self') })).toMatch(/one of the allowed folders itself/);
    expect(await ground.text('allowed/a')).toBe('keep');
  });

  test('never follows links, neither as its path nor inside', async () => {
    await ground.file('outside/secret', 'keep', 99);
    await mkdir(join(root, 'x'));
    await symlink(join(ground.folder, 'outside'), join(root, 'way-out'));
    await symlink(join(ground.folder, 'outside'), join(root, 'x/folder'));
    await symlink(join(ground.folder, 'outside/secret'), join(root, 'x/file'));
    execFileSync('mkfifo', [join(root, 'x/pipe')]);
    expect(await errorOf({ path: join(root, 'way-out') })).toMatch(/outside the allowed folders/);
    expect(await errorOf({ path: join(root, 'way-out/secret') })).toMatch(/outside the allowed folders/);
    expect(await errorOf({ path: join(root, 'way-out/none') })).toMatch(/outside the allowed folders/);
    expect(resultOf(await clean({ path: join(root, 'x'), days: 0 }))).toMatchObject({ scanned: 0, deleted: 0 });
    expect(await ground.tree('allowed/x')).toEqual(['file', 'folder', 'pipe']);
    expect(await ground.text('outside/secret')).toBe('keep');
  });

  test('counts the bytes of a file with another name as not freed', async () => {
    await link(await ground.file('allowed/x/one', '12345', 40), join(root, 'two'));
    expect(resultOf(await clean({ path: join(root, 'x') }))).toMatchObject({ deleted: 1, bytes_freed: 0 });
  });

  test('notes what it may not delete and goes on', async () => {
    for (const path of ['locked/file', 'closed/file', 'open/file']) await ground.file(`allowed/x/${path}`, 'x', 40);
    if (process.getuid?.() === 0) await chown(join(root, 'x/open'), 65_534, 65_534);
    await chmod(join(root, 'x/locked'), 0o555);
    await chmod(join(root, 'x/closed'), 0o000);
    const result = await asUnprivileged(async () => resultOf(await clean({ path: join(root, 'x') })));
    await chmod(join(root, 'x/locked'), 0o755);
    await chmod(join(root, 'x/closed'), 0o755);
    expect(result).toMatchObject({ scanned: 2, deleted: 1, error_count: 2, errors: ['closed: EACCES', 'locked/file: EACCES'] });
    expect(await ground.tree('allowed/x')).toEqual(['closed/', 'closed/file', 'locked/', 'locked/file', 'open/']);
  });

  test('stops between two files when it is cancelled', async () => {
    for (let count = 0; count < 10; count += 1) await ground.file(`allowed/x/${count}`, 'x', 40);
    const context = aRunContext();
    const progress = (fraction: number): void => {
      if (fraction >= 0.3) context.stop('cancelled', 'enough');
    };
    expect(await clean({ path: join(root, 'x') }, { ...context, progress })).toMatchObject({ kind: 'cancelled' });
    expect(await ground.tree('allowed/x')).toHaveLength(7);
  });

  test('does not enter another file system that is mounted below', async ({ skip }) => {
    await mkdir(join(root, 'x/mounted'), { recursive: true });
    if (!mounts(join(root, 'x/mounted'))) skip('needs the right to mount a file system');
    try {
      await ground.file('allowed/x/mounted/old', 'keep', 99);
      await ground.file('allowed/x/old', 'x', 99);
      expect(resultOf(await clean({ path: join(root, 'x') }))).toMatchObject({ scanned: 1, deleted: 1 });
      expect(await ground.text('allowed/x/mounted/old')).toBe('keep');
    } finally {
      execFileSync('umount', [join(root, 'x/mounted')]);
    }
  });

  test.runIf(process.platform === 'linux')('stays in a folder that is swapped for a link while it is being cleaned', async () => {
    for (const name of ['1', '2', '3']) await ground.file(`allowed/x/victim/${name}`, name, 99);
    await ground.file('outside/2', 'keep', 99);
    const swap = (): void => {
      if (existsSync(join(ground.folder, 'moved'))) return;
      renameSync(join(root, 'x/victim'), join(ground.folder, 'moved'));
      symlinkSync(join(ground.folder, 'outside'), join(root, 'x/victim'));
    };
    expect(resultOf(await clean({ path: join(root, 'x') }, { progress: swap }))).toMatchObject({ scanned: 3, deleted: 3 });
    expect(await ground.text('outside/2')).toBe('keep');
  });

  test.runIf(process.platform === 'linux')('deletes nothing outside in a thousand swaps of a folder for a link', async () => {
    for (let count = 0; count < 20; count += 1) await ground.file(`outside/${count}`, 'keep', 99);
    await mkdir(join(root, 'x'));
    const swapper = startSwapper(join(root, 'x/victim'), join(ground.folder, 'outside'), 1_000);
    const gone = once(swapper, 'exit');
    let runs = 0;
    while (swapper.exitCode === null) {
      for (let count = 0; count < 5; count += 1) await writeFile(join(root, `x/file-${count}`), 'x');
      const outcomes = await Promise.all(['x', 'x/victim'].map((path) => clean({ path: join(root, path), days: 0 })));
      for (const { kind } of outcomes) expect(['succeeded', 'failed']).toContain(kind);
      runs += 1;
    }
    expect(await gone).toEqual([0, null]);
    expect(runs).toBeGreaterThan(10);
    expect(await ground.tree('outside')).toHaveLength(20);
    expect(await readFile(join(ground.folder, 'outside/7'), 'utf8')).toBe('keep');
  });
});

function mounts(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A process that turns a folder with a file into a link and back as fast as it can. */
function startSwapper(path: string, target: string, swaps: number): ReturnType<typeof spawn> {
  const program = `
    const fs = require('node:fs');
    const [path, target, swaps] = [${JSON.stringify(path)}, ${JSON.stringify(target)}, ${swaps}];
    for (let count = 0; count < swaps; count += 1) {
      fs.mkdirSync(path);
      try { fs.writeFileSync(path + '/1', 'x'); fs.utimesSync(path + '/1', 0, 0); } catch { /* cleaned already */ }
      fs.renameSync(path, path + '-away'); fs.symlinkSync(target, path);
      fs.unlinkSync(path); fs.rmSync(path + '-away', { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }`;
  return spawn(process.execPath, ['-e', program], { stdio: 'inherit' });
}
