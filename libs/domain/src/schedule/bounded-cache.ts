/**
 * A map that forgets: at most `capacity` entries, roughly the most recently used ones. Two generations instead of a
 * linked list: a hit costs one look-up, and when the young generation is full the old one is dropped as a whole.
 */
export class BoundedCache<Key, Value> {
  private young = new Map<Key, Value>();
  private old = new Map<Key, Value>();
  private readonly generationSize: number;

  /** @param capacity Greatest number of entries, at least 2. */
  constructor(capacity: number) {
    this.generationSize = Math.max(1, Math.floor(capacity / 2));
  }

  /** Entries held at present, those of both generations counted. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  /** The value stored for `key`, or undefined when it was never stored or has been forgotten. */
  get(key: Key): Value | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const aged = this.old.get(key);
    if (aged !== undefined) {
      this.old.delete(key);
      this.set(key, aged);
    }
    return aged;
  }

  set(key: Key, value: Value): void {
    if (this.young.size >= this.generationSize) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }
}
