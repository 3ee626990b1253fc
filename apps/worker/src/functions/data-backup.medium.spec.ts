import { execFileSync } from 'node:child_process';
import { randomBytes, createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { appendFileSync, existsSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { aRunContext } from '#executors/testing/a-run-context.js';
import { asUnprivileged, createTestingGround, type TestingGround } from './testing-ground.conformance.js';

let ground: TestingGround;
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

interface Backup {
  backup: string;
  files: number;
  bytes: number;
  sha256: string;
  manifest: Record<string, string>;
  manifest_file: string;
  removed: string[];
  [member: string]: unknown;
}

const backUp = (source: string, args: JsonObject = {}, context = {}): Promise<AttemptOutcome> =>
  ground.run('data_backup', {}, { ...context, args: { source: join(root, source), target: join(root, 'backups'), ...args } });

function resultOf(outcome: AttemptOutcome): Backup {
  if (outcome.kind !== 'succeeded') throw new Error(`${outcome.kind}: ${outcome.error}`);
  return outcome.result as unknown as Backup;
}

async function errorOf(source: string, args: JsonObject = {}, context = {}): Promise<string> {
  const outcome = await backUp(source, args, context);
  if (outcome.kind !== 'failed') throw new Error(`not failed but ${outcome.kind}`);
  return outcome.error;
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
/** Checks the manifest as people would. */
const check = (manifest: string): string => execFileSync('sha256sum', ['-c', manifest], { cwd: join(root, 'backups'), encoding: 'utf8' });
const STAMP = /-\d{8}T\d{9}Z/;

async function smallTree(): Promise<void> {
  await ground.file('allowed/data/a.txt', 'first', 5);
  await ground.file('allowed/data/sub/b.txt', 'second');
  await ground.file('allowed/data/.hidden', 'third');
  await mkdir(join(root, 'data/empty'));
}

describe('data_backup of a file', () => {
  test('makes a dated, private copy with its age and a manifest', async () => {
    const path = await ground.file('allowed/report.csv', 'id\n1\n', 3);
    const made = resultOf(await backUp('report.csv'));
    const name = made.backup.slice(join(root, 'backups/').length);
    expect(name).toMatch(/^report-\d{8}T\d{9}Z\.csv$/);
    expect(made).toMatchObject({ format: 'copy', files: 1, bytes: 5, sha256: sha256('id\n1\n'), manifest: { [name]: sha256('id\n1\n') }, skipped: 0, removed: [] });
    expect(await readFile(made.backup, 'utf8')).toBe('id\n1\n');
    const [copy, source] = await Promise.all([lstat(made.backup), lstat(path)]);
    expect([copy.mode & 0o777, copy.mtimeMs]).toEqual([0o600, source.mtimeMs]);
    expect(check(made.manifest_file)).toBe(`${name}: OK\n`);
    expect(await ground.tree('allowed/backups')).toEqual([name, `${name}.sha256`]);
  });

  test('may lie beside its source, and takes empty files', async () => {
    await ground.file('allowed/backups/empty', '');
    expect(resultOf(await backUp('backups/empty'))).toMatchObject({ files: 1, bytes: 0, sha256: sha256('') });
  });

  test('becomes an archive of one file', async () => {
    await ground.file('allowed/one.txt', 'content');
    const made = resultOf(await backUp('one.txt', { format: 'tar.gz' }));
    expect(execFileSync('tar', ['-xzOf', made.backup, 'one.txt'], { encoding: 'utf8' })).toBe('content');
    expect(made.sha256).toBe(sha256(await readFile(made.backup)));
  });
});

describe('data_backup of a folder', () => {
  test('copies all of it', async () => {
    await smallTree();
    await chmod(join(root, 'data/a.txt'), 0o755);
    const made = resultOf(await backUp('data'));
    expect(made.backup).toMatch(/\/data-\d{8}T\d{9}Z$/);
    expect(made).toMatchObject({ files: 3, bytes: 16, manifest: { 'a.txt': sha256('first'), 'sub/b.txt': sha256('second'), '.hidden': sha256('third') } });
    const name = made.backup.slice(root.length + 1);
    expect(await ground.tree(`allowed/${name}`)).toEqual(['.hidden', 'a.txt', 'empty/', 'sub/', 'sub/b.txt']);
    expect((await lstat(join(made.backup, 'a.txt'))).mode & 0o777).toBe(0o700);
    expect((await lstat(made.backup)).mode & 0o777).toBe(0o700);
    expect(check(made.manifest_file).split('\n')).toHaveLength(4);
    expect(made.sha256).toBe(sha256(await readFile(made.manifest_file)));
  });

  test('makes an archive that tar can read, long and odd names included', async () => {
    await smallTree();
    const long = `${'long-'.repeat(40)}ä.txt`;
    await ground.file(`allowed/data/${long}`, 'long');
    await ground.file('allowed/data/odd\nname\\.txt', 'odd');
    await ground.file('allowed/data/block', 'x'.repeat(1_024));
    const made = resultOf(await backUp('data', { format: 'tar.gz' }));
    expect(made.backup).toMatch(/\/data-\d{8}T\d{9}Z\.tar\.gz$/);
    const out = join(ground.folder, 'out');
    await mkdir(out);
    execFileSync('tar', ['-xzf', made.backup, '-C', out]);
    expect(await ground.tree('out/data')).toEqual(await ground.tree('allowed/data'));
    expect(await ground.text(`out/data/${long}`)).toBe('long');
    expect((await lstat(made.backup)).mode & 0o777).toBe(0o600);
    expect(check(made.manifest_file)).toContain(': OK');
    const copy = resultOf(await backUp('data'));
    expect(check(copy.manifest_file).match(/: OK/g)).toHaveLength(6);
  });

  test('leaves links out and says so', async () => {
    await smallTree();
    await ground.file('outside/secret', 'secret');
    await symlink(join(ground.folder, 'outside'), join(root, 'data/folder'));
    await symlink(join(ground.folder, 'outside/secret'), join(root, 'data/file'));
    for (const format of ['copy', 'tar.gz']) expect(resultOf(await backUp('data', { format }))).toMatchObject({ files: 3, skipped: 2 });
    expect((await ground.tree('allowed/backups')).some((path) => /secret|file$|folder/.test(path))).toBe(false);
  });

  test('reports progress to the end', async () => {
    await smallTree();
    const fractions: number[] = [];
    resultOf(await backUp('data', {}, { progress: (fraction: number) => fractions.push(fraction) }));
    expect(fractions.at(-1)).toBe(1);
    expect(fractions.length).toBeGreaterThan(5);
    expect([...fractions].sort((one, other) => one - other)).toEqual(fractions);
  });
});

describe('keep', () => {
  test('keeps the newest of this source and touches nothing else', async () => {
    await smallTree();
    await ground.file('allowed/other/data/x', 'other source, same name');
    const foreign = ['data-20200101T000000000Z', 'data-20200101T000000001Z.tar.gz', 'data-readme'];
    for (const name of foreign) await ground.file(`allowed/backups/${name}`, 'not ours');
    await ground.file('allowed/backups/data-20200101T000000001Z.tar.gz.sha256', '# backup of "/somewhere/else"\n');
    const other = resultOf(await backUp('other/data'));
    const made: Backup[] = [];
    for (let count = 0; count < 4; count += 1) made.push(resultOf(await backUp('data', { keep: 2, format: count % 2 === 0 ? 'copy' : 'tar.gz' })));
    expect(made.map(({ removed }) => removed.length)).toEqual([0, 0, 1, 1]);
    expect(made.map(({ backup }) => existsSync(backup))).toEqual([false, false, true, true]);
    expect(made.map(({ manifest_file: file }) => existsSync(file))).toEqual([false, false, true, true]);
    expect([existsSync(other.backup), ...foreign.map((name) => existsSync(join(root, 'backups', name)))]).toEqual([true, true, true, true]);
  });

  test('removes nothing when the backup fails', async () => {
    await smallTree();
    const first = resultOf(await backUp('data', { keep: 1 }));
    const progress = (): void => { appendFileSync(join(root, 'data/sub/b.txt'), 'more'); };
    expect(await errorOf('data', { keep: 1 }, { progress })).toBe('"sub/b.txt" changed while it was copied');
    expect(await readFile(join(first.backup, 'sub/b.txt'), 'utf8')).toBe('second');
    expect((await ground.tree('allowed/backups')).filter((name) => name.includes('.backup-'))).toEqual([]);
  });

  test('clears what a worker that died left a day ago, not what another one writes', async () => {
    await smallTree();
    const [old, young] = ['.backup-0123456789abcdef.part', '.backup-fedcba9876543210.part'];
    await ground.file(`allowed/backups/${old}/sub/file`, 'x');
    await ground.file(`allowed/backups/${young}`, 'x');
    await utimes(join(root, 'backups', old), 0, 0);
    resultOf(await backUp('data'));
    expect([existsSync(join(root, 'backups', old)), existsSync(join(root, 'backups', young))]).toEqual([false, true]);
  });
});

describe('data_backup refuses', () => {
  test('a target inside its source, however that is written', async () => {
    await smallTree();
    await symlink(join(root, 'data/sub'), join(root, 'way-in'));
    for (const target of ['data', 'data/backups', 'data/sub/../x', 'way-in', 'way-in/deep']) {
      expect(await errorOf('data', { target: join(root, target) })).toMatch(/cannot lie inside its own source/);
    }
    expect(await ground.tree('allowed/data')).toEqual(['.hidden', 'a.txt', 'empty/', 'sub/', 'sub/b.txt']);
  });

  test('a target that is mounted into its source', async ({ skip }) => {
    await smallTree();
    await mkdir(join(root, 'backups'));
    await mkdir(join(root, 'data/mounted'));
    try {
      execFileSync('mount', ['--bind', join(root, 'backups'), join(root, 'data/mounted')], { stdio: 'ignore' });
    } catch {
      skip('needs the right to mount a file system');
    }
    try {
      expect(await errorOf('data')).toMatch(/cannot lie inside its own source/);
    } finally {
      execFileSync('umount', [join(root, 'data/mounted')]);
    }
  });

  test('paths outside the allowed folders, and links to there', async () => {
    await ground.file('outside/secret', 'secret');
    await smallTree();
    await symlink(join(ground.folder, 'outside'), join(root, 'way-out'));
    for (const source of ['../outside/secret', 'way-out', 'way-out/secret', '../../../etc/passwd']) expect(await errorOf(source)).toMatch(/outside the allowed folders/);
    for (const target of ['../outside', 'way-out', 'way-out/new', '../../new']) expect(await errorOf('data', { target: join(root, target) })).toMatch(/outside the allowed folders/);
    expect(await ground.tree('outside')).toEqual(['secret']);
  });

  test('missing things, clearly', async () => {
    await ground.file('allowed/file', 'x');
    expect(await errorOf('none')).toBe(`"${join(root, 'none')}" does not exist`);
    expect(await errorOf('file', { target: join(root, 'file') })).toMatch(/is not a folder|is a link/);
    expect(await errorOf('file', { keep: 0 })).toMatch(/keep/);
    expect(await ground.run('data_backup', {}, { args: { source: join(root, 'file') } })).toMatchObject({ kind: 'failed', error: '"target" is required' });
    expect(await ground.run('data_backup')).toMatchObject({ kind: 'failed', error: '"source" is required' });
    expect(await ground.text('allowed/file')).toBe('x');
  });

  test('a source that it may not read, whole', async () => {
    await smallTree();
    await mkdir(join(root, 'backups'));
    if (process.getuid?.() === 0) for (const path of ['backups', 'data']) await chown(join(root, path), 65_534, 65_534);
    await chmod(join(root, 'data/sub/b.txt'), 0o000);
    await asUnprivileged(async () => {
      expect(await errorOf('data')).toBe('"sub/b.txt" may not be read or written by this worker (permission denied)');
      expect(await errorOf('data', { format: 'tar.gz' })).toMatch(/"sub\/b\.txt" may not be read/);
    });
    expect(await ground.tree('allowed/backups')).toEqual([]);
  });
});

describe('a target without space', () => {
  test('fails clearly and keeps what was there', async ({ skip }) => {
    await ground.file('allowed/data/small', 'small');
    await mkdir(join(root, 'backups'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', join(root, 'backups')], { stdio: 'ignore' });
    } catch {
      skip('NOT TESTED: a full disk needs the right to mount a file system');
    }
    try {
      const first = resultOf(await backUp('data', { keep: 1 }));
      await writeFile(join(root, 'data/large'), randomBytes(6_000_000));
      expect(await errorOf('data', { keep: 1 })).toMatch(/there is not enough space in the target: 6000005 bytes are needed, \d+ are free/);
      const outcome = await backUp('data', { keep: 1, format: 'tar.gz' });
      expect(outcome).toMatchObject({ kind: 'failed', retryable: true, error: `"${join(root, 'backups')}" cannot be written: there is no space left on the device` });
      expect(await readFile(join(first.backup, 'small'), 'utf8')).toBe('small');
      expect(await ground.tree('allowed/backups')).toHaveLength(3);
    } finally {
      execFileSync('umount', [join(root, 'backups')]);
    }
  });
});

describe('a backup under attack', () => {
  test.runIf(process.platform === 'linux')('copies nothing from elsewhere when a folder is swapped for a link on the way', async () => {
    await ground.file('outside/2', 'secret');
    for (const name of ['1', '2', '3']) await ground.file(`allowed/data/victim/${name}`, name.repeat(100_000));
    const swap = (): void => {
      if (existsSync(join(ground.folder, 'moved'))) return;
      renameSync(join(root, 'data/victim'), join(ground.folder, 'moved'));
      symlinkSync(join(ground.folder, 'outside'), join(root, 'data/victim'));
    };
    const made = resultOf(await backUp('data', {}, { progress: swap }));
    expect(made.manifest).toMatchObject({ 'victim/2': sha256('2'.repeat(100_000)) });
  });

  test('never writes through a link that has its name', async () => {
    await ground.file('allowed/data/x', 'x');
    await ground.file('outside/file', 'keep');
    const at = ground.services.clock.now();
    // Every name of the next two seconds is taken by a link; the backup has to find another one.
    await mkdir(join(root, 'backups'));
    for (let ms = 0; ms < 2_000; ms += 1) {
      const name = `data-${new Date(at.getTime() + ms).toISOString().replaceAll(/[-:.]/g, '')}`;
      await symlink(join(ground.folder, 'outside/file'), join(root, 'backups', name));
    }
    const made = resultOf(await backUp('data'));
    expect(made.backup).toMatch(STAMP);
    expect((await lstat(made.backup)).isDirectory()).toBe(true);
    expect(await ground.text('outside/file')).toBe('keep');
  });

  test.each(['copy', 'tar.gz'])('notices that the %s is not what was written', async (format) => {
    for (const name of ['a', 'b', 'c']) await ground.file(`allowed/data/${name}`, randomBytes(300_000).toString('hex'));
    const spoil = (fraction: number): void => {
      if (fraction !== 0.5) return;
      const [part = ''] = execFileSync('find', [join(root, 'backups'), '-name', '.backup-*.part'], { encoding: 'utf8' }).split('\n');
      const victim = format === 'copy' ? join(part, 'b') : part;
      execFileSync('dd', ['if=/dev/zero', `of=${victim}`, 'bs=1', 'count=16', 'seek=1000', 'conv=notrunc'], { stdio: 'ignore' });
    };
    const error = await errorOf('data', { format }, { progress: spoil });
    expect(error).toMatch(format === 'copy' ? /^verification failed: "b"/ : /^verification failed: /);
    expect(await ground.tree('allowed/backups')).toEqual([]);
  });
});

test('a cancelled backup leaves nothing behind', async () => {
  for (let count = 0; count < 20; count += 1) await ground.file(`allowed/data/${count}`, 'x'.repeat(50_000));
  for (const format of ['copy', 'tar.gz']) {
    const context = aRunContext();
    const progress = (fraction: number): void => {
      if (fraction > 0.2) context.stop('cancelled', 'enough');
    };
    expect(await backUp('data', { format }, { ...context, progress })).toMatchObject({ kind: 'cancelled' });
    expect(await ground.tree('allowed/backups')).toEqual([]);
  }
  await rename(join(root, 'data'), join(root, 'moved'));
});

test('200 MB go through in little memory', { timeout: 120_000 }, async () => {
  await mkdir(join(root, 'data'));
  const block = randomBytes(10_000_000);
  for (let count = 0; count < 20; count += 1) await writeFile(join(root, `data/${count}`), block);
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const before = process.memoryUsage().rss;
  for (const format of ['copy', 'tar.gz']) expect(resultOf(await backUp('data', { format }))).toMatchObject({ files: 20, bytes: 200_000_000 });
  clearInterval(watch);
  expect(peak - before).toBeLessThan(200_000_000);
});
