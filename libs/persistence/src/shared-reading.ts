import { GroupCommit } from '#application/group-commit.js';
import { SystemClock } from '#domain/clock.js';

/** More than for writes: a reading on a connection that hangs must not hold up those who ask after it. */
const MAX_IN_FLIGHT = 8;

/**
 * Looks up by key, one statement for all who ask together. This is no cache: who asks while a statement is under way waits for
 * the next one, so that what is found is never older than the question. Measured: with fifty requests at a time, each of which
 * has its session looked up, a statement answers about ten of them.
 */
export class SharedReading<Key extends string, Value> {
  private readonly readings: GroupCommit<Key, Value | null>;

  /** @param read what there is of some keys, each of them given once */
  constructor(read: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>) {
    this.readings = new GroupCommit<Key, Value | null>(
      async (keys) => {
        const found = await read([...new Set(keys)]);
        return keys.map((key) => found.get(key) ?? null);
      },
      new SystemClock(),
      MAX_IN_FLIGHT,
    );
  }

  /** @returns null when there is none */
  find(key: Key): Promise<Value | null> {
    return this.readings.submit(key);
  }
}
