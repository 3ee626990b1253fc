import { QuantileDigest } from './quantile-digest.js';

/** Numbers of a column, described. */
export interface NumberDescription {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly median: number;
  /** Of a sample (n − 1); null for a single value. */
  readonly stddev: number | null;
}

/** Describes numbers as they pass: mean and variance by Welford's method, the median by a digest. */
export class NumberStats {
  private count = 0;
  private min = Infinity;
  private max = -Infinity;
  private mean = 0;
  private squares = 0;
  private readonly digest = new QuantileDigest();

  add(value: number): void {
    this.count += 1;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    const delta = value - this.mean;
    this.mean += delta / this.count;
    this.squares += delta * (value - this.mean);
    this.digest.add(value);
  }

  /** Whether the median is the real one. The other numbers always are, but for rounding. */
  get isExact(): boolean {
    return this.digest.isExact;
  }

  /** Null without values. */
  describe(): NumberDescription | null {
    const median = this.digest.median();
    if (median === null) return null;
    const stddev = this.count < 2 ? null : Math.sqrt(this.squares / (this.count - 1));
    return { min: this.min, max: this.max, mean: this.mean, median, stddev };
  }
}
