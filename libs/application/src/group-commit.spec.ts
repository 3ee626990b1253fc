import { DomainError } from '#domain/errors.js';
import { deferred, type Deferred } from '#testing/deferred.js';
import { describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit.js';

const turn = async (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Batches are on their way until the test ends them. */
const slowly = (clock = { ms: 0 }): { batches: { items: readonly number[]; end: Deferred<readonly number[]> }[]; commit: GroupCommit<number, number> } => {
  const batches: { items: readonly number[]; end: Deferred<readonly number[]> }[] = [];
  const commit = new GroupCommit<number, number>((items) => {
    const end = deferred<readonly number[]>();
    batches.push({ items, end });
    return end.promise;
  }, { monotonicMs: () => clock.ms });
  return { batches, commit };
};

describe('a group commit', () => {
  it('carries what arrives in one turn in one batch and answers each caller with its own result', async () => {
    const sizes: number[] = [];
    const commit = new GroupCommit<number, number>((items) => {
      sizes.push(items.length);
      return Promise.resolve(items.map((item) => item * 10));
    });
    expect(await Promise.all([1, 2, 3].map(async (item) => commit.submit(item)))).toEqual([10, 20, 30]);
    expect(sizes).toEqual([3]);
  });

  it('waits for no timer: a lone item is written in the next turn', async () => {
    const { batches, commit } = slowly();
    void commit.submit(1);
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([[1]]);
    batches[0]?.end.resolve([1]);
  });

  it('gathers what comes while a batch is on its way', async () => {
    const { batches, commit } = slowly();
    const results: Promise<number>[] = [];
    for (const item of [1, 2, 3]) {
      results.push(commit.submit(item));
      await turn();
    }
    expect(batches.map(({ items }) => items)).toEqual([[1]]);
    batches[0]?.end.resolve([1]);
    await turn();
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3]]);
    batches[1]?.end.resolve([2, 3]);
    expect(await Promise.all(results)).toEqual([1, 2, 3]);
  });

  it('has a second batch on its way, and no third, behind one that takes long', async () => {
    const clock = { ms: 0 };
    const { batches, commit } = slowly(clock);
    const results: Promise<number>[] = [];
    for (const item of [1, 2, 3, 4, 5]) {
      results.push(commit.submit(item));
      await turn();
      clock.ms += 1_000;
    }
    expect(batches.map(({ items }) => items)).toEqual([[1], [2]]);
    batches[0]?.end.resolve([1]);
    await turn();
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([[1], [2], [3, 4, 5]]);
    batches[1]?.end.resolve([2]);
    batches[2]?.end.resolve([3, 4, 5]);
    expect(await Promise.all(results)).toEqual([1, 2, 3, 4, 5]);
  });

  it('acknowledges nothing before its batch is committed', async () => {
    const { batches, commit } = slowly();
    let isAcknowledged = false;
    const result = commit.submit(1).then(() => { isAcknowledged = true; });
    await turn();
    await turn();
    expect(isAcknowledged).toBe(false);
    batches[0]?.end.resolve([1]);
    await result;
  });

  it('tells every caller of a batch that failed, and goes on', async () => {
    let calls = 0;
    const commit = new GroupCommit<number, number>((items) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new DomainError('DATABASE_UNAVAILABLE', 'away')) : Promise.resolve(items);
    });
    const failed = await Promise.allSettled([commit.submit(1), commit.submit(2)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await commit.submit(3)).toBe(3);
  });

  it('fails the one item that a batch is refused for, and no other', async () => {
    const commit = new GroupCommit<number, number>((items) =>
      items.includes(2) ? Promise.reject(new Error('2 cannot be stored')) : Promise.resolve(items),
    );
    const ended = await Promise.allSettled([1, 2, 3].map(async (item) => commit.submit(item)));
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('takes a batch that answers for another number of items as failed', async () => {
    const commit = new GroupCommit<number, number>(() => Promise.resolve([]));
    await expect(commit.submit(1)).rejects.toThrow('one result per item');
  });

  it('cuts a flood into batches of two hundred', async () => {
    const sizes: number[] = [];
    const commit = new GroupCommit<number, number>((items) => {
      sizes.push(items.length);
      return Promise.resolve(items);
    });
    await Promise.all(Array.from({ length: 450 }, async (_item, index) => commit.submit(index)));
    expect(sizes).toEqual([200, 200, 50]);
  });
});
