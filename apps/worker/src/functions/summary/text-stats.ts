/**
 * Different texts of a column and the most frequent of them, in bounded memory: exact as long as few enough differ; then
 * the number is estimated by a sketch, and counts become lower bounds (Misra–Gries: whenever the table is full, the median
 * count is taken off all, and what falls to nothing leaves; a text that is not in it gets in when it comes again soon). A
 * text that makes up a fair share of a column stays.
 */
import { DistinctSketch, hash } from './distinct-sketch.js';

/** Different texts of one column that are counted exactly. */
export const EXACT_TEXTS = 10_000;

/** Characters of a text that are kept; longer ones are told apart by their length and a hash. */
const KEPT_CHARACTERS = 80;
/** 8 KiB a column, once it has too many texts. */
const SEEN_BITS = 65_536;
/** What a text costs beside its characters, roughly, in characters. */
const OVERHEAD = 40;

/** Memory that all columns of a summary share, in characters. */
export class TextBudget {
  private used = 0;

  constructor(private readonly limit = 32 * 1024 * 1024) {}

  get isExhausted(): boolean {
    return this.used >= this.limit;
  }

  take(text: string): void {
    this.used += text.length + OVERHEAD;
  }

  giveBack(text: string): void {
    this.used -= text.length + OVERHEAD;
  }
}

export interface TextDescription {
  readonly distinct: number;
  readonly top: readonly { readonly value: string; readonly count: number }[];
}

export class TextStats {
  private readonly counts = new Map<string, number>();
  private sketch: DistinctSketch | null = null;
  private readonly seen = new SeenLately();

  constructor(private readonly budget: TextBudget) {}

  add(text: string): void {
    const key = text.length > KEPT_CHARACTERS ? abbreviated(text) : text;
    const count = this.counts.get(key);
    if (count !== undefined) {
      this.counts.set(key, count + 1);
      return;
    }
    if (this.sketch !== null && !this.isWorthATry(key, this.sketch)) return;
    if (this.counts.size >= EXACT_TEXTS || this.budget.isExhausted) this.thinOut(key);
    const own = detached(key);
    this.budget.take(own);
    this.counts.set(own, 1);
  }

  /** Whether the number and the counts are the real ones. */
  get isExact(): boolean {
    return this.sketch === null;
  }

  /** @param topCount how many of the most frequent, ties in the order of the alphabet */
  describe(topCount: number): TextDescription {
    const top = [...this.counts]
      .sort(([oneText, one], [otherText, other]) => other - one || (oneText < otherText ? -1 : 1))
      .slice(0, topCount)
      .map(([value, count]) => ({ value, count }));
    return { distinct: this.sketch?.estimate() ?? this.counts.size, top };
  }

  /** Most texts of a column of many come once and would only push others out: the second time is what counts. */
  private isWorthATry(text: string, sketch: DistinctSketch): boolean {
    const hashed = hash(text);
    sketch.add(hashed);
    return this.seen.mark(hashed[1]);
  }

  /** @param next is about to be added */
  private thinOut(next: string): void {
    if (this.sketch === null) {
      this.sketch = new DistinctSketch();
      for (const text of this.counts.keys()) this.sketch.add(hash(text));
      this.sketch.add(hash(next));
    }
    const sorted = Float64Array.from(this.counts.values()).sort();
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    for (const [text, count] of this.counts) {
      if (count > median) this.counts.set(text, count - median);
      else {
        this.counts.delete(text);
        this.budget.giveBack(text);
      }
    }
  }
}

/** Remembers hashes for a while, and now and then one that it did not see. */
class SeenLately {
  private bits: Uint32Array | null = null;
  private marks = 0;

  /** @returns whether it was marked before */
  mark(hashed: number): boolean {
    if (this.bits === null || this.marks >= SEEN_BITS / 4) this.forget();
    const bits = (this.bits ??= new Uint32Array(SEEN_BITS / 32));
    const bit = hashed % SEEN_BITS;
    const word = bits[bit >>> 5] ?? 0;
    if ((word >>> (bit & 31)) & 1) return true;
    bits[bit >>> 5] = word | (1 << (bit & 31));
    this.marks += 1;
    return false;
  }

  private forget(): void {
    this.bits?.fill(0);
    this.marks = 0;
  }
}

function abbreviated(text: string): string {
  const [low, high] = hash(text);
  return `${text.slice(0, KEPT_CHARACTERS)}… (${text.length} characters, ${(low ^ high) >>> 0})`;
}

/** V8 copies shorter parts of a text; a longer one keeps the whole text alive. */
const LONGEST_COPIED_PART = 12;

function detached(text: string): string {
  return text.length <= LONGEST_COPIED_PART ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}
