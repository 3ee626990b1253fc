import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { chmod, chown, link, mkdir, readdir, stat, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { aRunContext } from '#executors/testing/a-run-context.js';
import { asUnprivileged, createTestingGround, type TestingGround } from './testing-ground.conformance.js';

let ground: TestingGround;
beforeAll(async () => {
  ground = await createTestingGround();
});
afterAll(() => ground.drop());
beforeEach(() => ground.clear());

function resultOf(outcome: AttemptOutcome): JsonObject {
  if (outcome.kind !== 'succeeded') throw new Error(`${outcome.kind}: ${outcome.error}`);
  return outcome.result as JsonObject;
}

const PROTECTED_LINKS = '/proc/sys/fs/protected_hardlinks';
/** Whether a user without rights is kept from linking to files of root, and we can be one. */
const linksAreProtected = process.getuid?.() === 0 && existsSync(PROTECTED_LINKS) && readFileSync(PROTECTED_LINKS, 'utf8').trim() === '1';

describe('cleanup_expired_files', () => {
  const clean = (args: JsonObject = {}): Promise<AttemptOutcome> => ground.run('cleanup_expired_files', args);

  test('does nothing without a store and in an empty one', async () => {
    const nothing = { scanned: 0, deleted: 0, bytes_freed: 0, errors: [], error_count: 0 };
    expect(resultOf(await clean())).toEqual(nothing);
    await mkdir(ground.services.fileStore.store);
    expect(resultOf(await clean())).toEqual(nothing);
    expect(await ground.tree('.')).toEqual(['store/']);
  });

  test('removes files older than 30 days and the folders that are left empty', async () => {
    await ground.file('store/old.txt', '12345', 31);
    await ground.file('store/young.txt', '12345', 29);
    await ground.file('store/a/b/old.txt', '123', 40);
    await ground.file('store/mixed/old.txt', '1', 40);
    await ground.file('store/mixed/young.txt', '1', 1);
    await mkdir(join(ground.folder, 'store/new-and-empty'));
    expect(resultOf(await clean())).toMatchObject({ scanned: 5, deleted: 3, bytes_freed: 9, errors: [] });
    expect(await ground.tree('store')).toEqual(['mixed/', 'mixed/young.txt', 'new-and-empty/', 'young.txt']);
  });

  test('removes old empty folders of a run that was cut short', async () => {
    const folder = join(ground.folder, 'store/left');
    await mkdir(folder, { recursive: true });
    await utimes(folder, 0, 0);
    await clean();
    expect(await ground.tree('store')).toEqual([]);
  });

  test('takes the retention from its arguments and refuses a wrong one', async () => {
    await ground.file('store/a', 'a', 3);
    await ground.file('store/b', 'b', 1);
    expect(resultOf(await clean({ retention_days: 2 }))).toMatchObject({ scanned: 2, deleted: 1 });
    expect(await clean({ retention_days: -1 })).toMatchObject({ kind: 'failed', retryable: false });
    expect(await ground.tree('store')).toEqual(['b']);
  });

  test('never follows links, and leaves them and special files where they are', async () => {
    await ground.file('outside/secret', 'keep', 99);
    await mkdir(ground.services.fileStore.store);
    await symlink(join(ground.folder, 'outside'), join(ground.folder, 'store/folder'));
    await symlink(join(ground.folder, 'outside/secret'), join(ground.folder, 'store/file'));
    execFileSync('mkfifo', [join(ground.folder, 'store/pipe')]);
    expect(resultOf(await clean({ retention_days: 0 }))).toMatchObject({ scanned: 0, deleted: 0, errors: [] });
    expect(await ground.tree('.')).toEqual(['outside/', 'outside/secret', 'store/', 'store/file', 'store/folder', 'store/pipe']);
  });

  test('fails when the store itself is a link', async () => {
    await ground.file('outside/secret', 'keep', 99);
    await symlink(join(ground.folder, 'outside'), ground.services.fileStore.store);
    expect(await clean()).toMatchObject({ kind: 'failed' });
    expect(await ground.text('outside/secret')).toBe('keep');
  });

  test.runIf(process.platform === 'linux')('stays in a folder that is swapped for a link while it is being cleaned', async () => {
    await ground.file('outside/2', 'keep', 99);
    for (const name of ['1', '2', '3']) await ground.file(`store/victim/${name}`, name, 99);
    const swap = (): void => {
      if (existsSync(join(ground.folder, 'moved'))) return;
      renameSync(join(ground.folder, 'store/victim'), join(ground.folder, 'moved'));
      symlinkSync(join(ground.folder, 'outside'), join(ground.folder, 'store/victim'));
    };
    const outcome = await ground.run('cleanup_expired_files', {}, { progress: swap });
    expect(resultOf(outcome)).toMatchObject({ scanned: 3, deleted: 3, errors: ['victim: ENOTDIR'] });
    expect(await ground.tree('outside')).toEqual(['2']);
  });

  test('counts the bytes of a file with another name elsewhere as not freed', async () => {
    const path = await ground.file('store/one', '12345', 40);
    await link(path, join(ground.folder, 'two'));
    expect(resultOf(await clean())).toMatchObject({ deleted: 1, bytes_freed: 0 });
  });

  test('notes what it may not remove or read and goes on', async () => {
    for (const path of ['a-locked/file', 'b-closed/file', 'c/file']) await ground.file(`store/${path}`, 'x', 40);
    if (process.getuid?.() === 0) await chown(join(ground.folder, 'store/c'), 65_534, 65_534);
    await chmod(join(ground.folder, 'store/a-locked'), 0o555);
    await chmod(join(ground.folder, 'store/b-closed'), 0o000);
    const { result, log } = await asUnprivileged(async () => {
      const context = aRunContext();
      return { result: resultOf(await ground.run('cleanup_expired_files', {}, context)), log: context.log.text('stderr') };
    });
    await chmod(join(ground.folder, 'store/a-locked'), 0o755);
    await chmod(join(ground.folder, 'store/b-closed'), 0o755);
    expect(result).toMatchObject({ scanned: 2, deleted: 1, errors: expect.arrayContaining(['a-locked/file: EACCES', 'b-closed: EACCES']) as string[] });
    expect(log).toContain('b-closed: EACCES');
    expect(log).not.toContain(ground.folder);
    expect(await ground.tree('store')).toEqual(expect.arrayContaining(['a-locked/file', 'b-closed/file']));
    expect(await ground.tree('store')).not.toContain('c/file');
  });

  test('stops between two files when it is aborted', async () => {
    for (let count = 0; count < 10; count += 1) await ground.file(`store/${count}`, 'x', 40);
    const context = aRunContext();
    const progress = (fraction: number): void => {
      if (fraction >= 0.3) context.stop('cancelled', 'enough');
    };
    const outcome = await ground.run('cleanup_expired_files', {}, { ...context, progress });
    expect(outcome).toMatchObject({ kind: 'cancelled', error: 'enough' });
    expect(await readdir(ground.services.fileStore.store)).toHaveLength(7);
  });

  test('reports progress from nothing to all', async () => {
    for (const path of ['a/1', 'a/2', 'b']) await ground.file(`store/${path}`, 'x', 40);
    const fractions: number[] = [];
    await ground.run('cleanup_expired_files', {}, { progress: (fraction) => fractions.push(fraction) });
    expect(fractions).toEqual([0.25, 0.5, 0.5, 1]);
  });
});

describe('retry_pending_uploads', () => {
  const retry = (): Promise<AttemptOutcome> => ground.run('retry_pending_uploads');

  test('does nothing when nothing is pending', async () => {
    expect(resultOf(await retry())).toEqual({ pending: 0, uploaded: 0, failed: 0, errors: [] });
    await mkdir(join(ground.folder, 'pending/empty'), { recursive: true });
    expect(resultOf(await retry())).toEqual({ pending: 0, uploaded: 0, failed: 0, errors: [] });
    expect(existsSync(ground.services.fileStore.store)).toBe(false);
  });

  test('moves files to the same place in the store, with their age', async () => {
    await ground.file('pending/top.txt', 'top', 5);
    await ground.file('pending/a/b/deep.txt', 'deep');
    const { mtimeMs } = await stat(join(ground.folder, 'pending/top.txt'));
    expect(resultOf(await retry())).toEqual({ pending: 2, uploaded: 2, failed: 0, errors: [] });
    expect(await ground.tree('store')).toEqual(['a/', 'a/b/', 'a/b/deep.txt', 'top.txt']);
    expect(await ground.text('store/a/b/deep.txt')).toBe('deep');
    expect((await stat(join(ground.folder, 'store/top.txt'))).mtimeMs).toBe(mtimeMs);
    expect(await ground.tree('pending')).toEqual(['a/', 'a/b/']);
  });

  test('never overwrites a different file, and drops what is in the store already', async () => {
    await ground.file('store/report.pdf', 'first');
    await ground.file('store/report-1.pdf', 'secnd');
    await ground.file('store/same', 'same');
    await mkdir(join(ground.folder, 'store/folder'));
    await ground.file('pending/report.pdf', 'third');
    await ground.file('pending/same', 'same');
    await ground.file('pending/folder', 'a file');
    expect(resultOf(await retry())).toEqual({ pending: 3, uploaded: 3, failed: 0, errors: [] });
    expect(await ground.tree('store')).toEqual(['folder-1', 'folder/', 'report-1.pdf', 'report-2.pdf', 'report.pdf', 'same']);
    expect(await Promise.all(['report.pdf', 'report-1.pdf', 'report-2.pdf'].map((name) => ground.text(`store/${name}`)))).toEqual(['first', 'secnd', 'third']);
    expect(await ground.tree('pending')).toEqual([]);
  });

  test('finishes what a killed run had placed but not taken away', async () => {
    const path = await ground.file('pending/a.txt', 'a');
    await mkdir(ground.services.fileStore.store);
    await link(path, join(ground.folder, 'store/a.txt'));
    expect(resultOf(await retry())).toMatchObject({ uploaded: 1 });
    expect(await ground.tree('.')).toEqual(['pending/', 'store/', 'store/a.txt']);
  });

  test('passes over links among the uploads', async () => {
    await ground.file('outside/secret', 'secret');
    await mkdir(ground.services.fileStore.pending);
    await symlink(join(ground.folder, 'outside'), join(ground.folder, 'pending/folder'));
    await symlink(join(ground.folder, 'outside/secret'), join(ground.folder, 'pending/file'));
    expect(resultOf(await retry())).toMatchObject({ pending: 0 });
    expect(await ground.tree('outside')).toEqual(['secret']);
  });

  test('does not write through a link in the store', async () => {
    await mkdir(join(ground.folder, 'outside'));
    await ground.file('store/keep', 'keep');
    await symlink(join(ground.folder, 'outside'), join(ground.folder, 'store/a'));
    await symlink(join(ground.folder, 'outside/made'), join(ground.folder, 'store/b'));
    await ground.file('pending/a/evil', 'evil');
    await ground.file('pending/b', 'b');
    expect(resultOf(await retry())).toEqual({ pending: 2, uploaded: 1, failed: 1, errors: ['a/evil: ENOTDIR'] });
    expect(await ground.tree('outside')).toEqual([]);
    expect(await ground.text('store/b-1')).toBe('b');
    expect(await ground.text('pending/a/evil')).toBe('evil');
  });

  test('fails when one of its folders is a link', async () => {
    await ground.file('pending/a', 'a');
    await mkdir(join(ground.folder, 'outside'));
    await symlink(join(ground.folder, 'outside'), ground.services.fileStore.store);
    expect(resultOf(await retry())).toMatchObject({ uploaded: 0, failed: 1 });
    expect(await ground.tree('outside')).toEqual([]);
  });

  test('leaves an upload pending when the store refuses it', async () => {
    await ground.file('pending/a', 'a');
    await mkdir(ground.services.fileStore.store, { mode: 0o555 });
    const result = await asUnprivileged(async () => resultOf(await retry()));
    await chmod(ground.services.fileStore.store, 0o755);
    expect(result).toEqual({ pending: 1, uploaded: 0, failed: 1, errors: [expect.stringMatching(/^a: E(ACCES|PERM)$/)] });
    expect(await ground.text('pending/a')).toBe('a');
  });

  test.runIf(linksAreProtected)('moves by renaming where it may not link to the file', async () => {
    await ground.file('store/a', 'first');
    await ground.file('pending/a', 'second');
    for (const folder of ['store', 'pending']) await chown(join(ground.folder, folder), 65_534, 65_534);
    const result = await asUnprivileged(async () => resultOf(await retry()));
    expect(result).toEqual({ pending: 1, uploaded: 1, failed: 0, errors: [] });
    expect(await ground.tree('.')).toEqual(['pending/', 'store/', 'store/a', 'store/a-1']);
    expect([await ground.text('store/a'), await ground.text('store/a-1')]).toEqual(['first', 'second']);
  });

  test('stops between two files when it is aborted', async () => {
    for (const name of ['1', '2', '3', '4']) await ground.file(`pending/${name}`, name);
    const context = aRunContext();
    const progress = (fraction: number): void => {
      if (fraction >= 0.5) context.stop('timeout');
    };
    expect(await ground.run('retry_pending_uploads', {}, { ...context, progress })).toMatchObject({ kind: 'timed-out' });
    expect(await ground.tree('.')).toEqual(['pending/', 'pending/3', 'pending/4', 'store/', 'store/1', 'store/2']);
  });
});
