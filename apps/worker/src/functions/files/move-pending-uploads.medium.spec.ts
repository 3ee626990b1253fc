import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StopReason } from '#application/running/executor.js';
import { createTestingGround, type TestingGround } from '../testing-ground.conformance.js';
import { FileErrors } from './file-errors.js';
import { movePendingUploads } from './move-pending-uploads.js';

let ground: TestingGround;
beforeAll(async () => {
  ground = await createTestingGround();
});
afterAll(() => ground.drop());
beforeEach(() => ground.clear());

/** Another file system than that of the temporary files, or null. */
const otherDevice = existsSync('/dev/shm') && statSync('/dev/shm').dev !== statSync(tmpdir()).dev ? '/dev/shm' : null;

describe.runIf(otherDevice !== null)('movePendingUploads to another file system', () => {
  let store: string;
  beforeEach(async () => {
    store = await mkdtemp(join(otherDevice ?? tmpdir(), 'takt-store-'));
    return () => rm(store, { recursive: true });
  });
  const move = async (signal: AbortSignal, moved: (name: string) => void = () => undefined): Promise<{ pending: number; uploaded: number; errors: string[] }> => {
    const errors = new FileErrors(() => undefined);
    const done = await movePendingUploads(ground.services.fileStore.pending, { store, signal, errors, moved, progress: () => undefined });
    return { ...done, errors: errors.texts };
  };

  test('copies, keeps age and mode, and leaves nothing else behind', async () => {
    const path = await ground.file('pending/a/big.bin', 'x'.repeat(3_000_000), 3);
    await chmod(path, 0o640);
    const before = await stat(path);
    await mkdir(join(store, 'a'));
    await writeFile(join(store, 'a/big.bin'), 'other');
    expect(await move(new AbortController().signal)).toEqual({ pending: 1, uploaded: 1, errors: [] });
    expect((await readdir(join(store, 'a'))).sort()).toEqual(['big-1.bin', 'big.bin']);
    const after = await stat(join(store, 'a/big-1.bin'));
    expect([after.size, after.mode, after.nlink, Math.round(after.mtimeMs)]).toEqual([before.size, before.mode, 1, Math.round(before.mtimeMs)]);
    expect(await ground.tree('pending')).toEqual(['a/']);
  });

  test('drops an upload that is there already', async () => {
    await ground.file('pending/a', 'same');
    await writeFile(join(store, 'a'), 'same');
    expect(await move(new AbortController().signal)).toEqual({ pending: 1, uploaded: 1, errors: [] });
    expect(await readdir(store)).toEqual(['a']);
  });

  test('leaves no part of a copy behind when it is aborted in the middle of it', async () => {
    await ground.file('pending/a', 'small');
    await ground.file('pending/b', 'x'.repeat(64_000_000));
    const stopping = new AbortController();
    const reason = new StopReason('cancelled', 'enough');
    // The signal is looked at before each chunk: it is aborted once the second file's copy has begun.
    const watched = new Proxy(stopping.signal, {
      get: (signal, member) => {
        if (member !== 'throwIfAborted') return Reflect.get(signal, member) as unknown;
        return () => {
          if (partOf(store) > 2_000_000) stopping.abort(reason);
          signal.throwIfAborted();
        };
      },
    });
    await expect(move(watched)).rejects.toBe(reason);
    expect(await readdir(store)).toEqual(['a']);
    expect(await ground.tree('pending')).toEqual(['b']);
  });
});

/** Bytes of the copy that is being made in a folder. */
function partOf(folder: string): number {
  const listing = execFileSync('find', [folder, '-name', '*.part', '-printf', '%s\n'], { encoding: 'utf8' });
  return Number(listing.trim());
}
