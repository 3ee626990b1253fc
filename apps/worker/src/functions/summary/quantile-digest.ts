/**
 * Quantiles of a stream of numbers in bounded memory: exact up to `EXACT_VALUES`, then a merging t-digest (Dunning, Ertl:
 * "Computing extremely accurate quantiles using t-digests", 2019, scale function k1). Values are collected, sorted and
 * merged in batches, which costs a tenth of inserting them one by one into a tree.
 */

/** Up to so many values quantiles are exact; also the size of a batch. */
export const EXACT_VALUES = 8_192;

/** Bounds the number of centroids; the median is off by far less than 1 % of the ranks. */
const COMPRESSION = 200;
const FIRST_CAPACITY = 256;

export class QuantileDigest {
  private centroids = new Centroids(0);
  private batch = new Float64Array(FIRST_CAPACITY);
  private filled = 0;
  private min = Infinity;
  private max = -Infinity;

  add(value: number): void {
    if (this.filled === this.batch.length) this.makeRoom();
    this.batch[this.filled] = value;
    this.filled += 1;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Whether quantiles are those of the values themselves, not of the digest. */
  get isExact(): boolean {
    return this.centroids.total === 0;
  }

  /** The median; of an even number of values the mean of the middle two. Null without values. */
  median(): number | null {
    if (!this.isExact) {
      this.mergeBatch();
      return this.estimate(0.5);
    }
    if (this.filled === 0) return null;
    const sorted = this.batch.slice(0, this.filled).sort();
    const middle = (this.filled - 1) / 2;
    const [below, above] = [sorted[Math.floor(middle)] ?? 0, sorted[Math.ceil(middle)] ?? 0];
    return below / 2 + above / 2;
  }

  private makeRoom(): void {
    if (this.batch.length >= EXACT_VALUES) {
      this.mergeBatch();
      return;
    }
    const larger = new Float64Array(this.batch.length * 2);
    larger.set(this.batch);
    this.batch = larger;
  }

  private mergeBatch(): void {
    const sorted = this.batch.subarray(0, this.filled).sort();
    const { means, weights, total } = this.centroids;
    const merged = new Centroids(total + sorted.length);
    let next = 0;
    for (const value of sorted) {
      for (; next < means.length && (means[next] ?? 0) <= value; next += 1) merged.append(means[next] ?? 0, weights[next] ?? 0);
      merged.append(value, 1);
    }
    for (; next < means.length; next += 1) merged.append(means[next] ?? 0, weights[next] ?? 0);
    this.centroids = merged;
    this.filled = 0;
  }

  /** Between the middles of two centroids the values are taken as evenly spread. */
  private estimate(quantile: number): number {
    const { means, weights, total } = this.centroids;
    const rank = quantile * total;
    let before = 0;
    let lower = { rank: 0, value: this.min };
    for (const [index, value] of means.entries()) {
      const weight = weights[index] ?? 0;
      const here = { rank: before + weight / 2, value };
      if (rank <= here.rank) return interpolated(lower, here, rank);
      lower = here;
      before += weight;
    }
    return interpolated(lower, { rank: total, value: this.max }, rank);
  }
}

/** Points that stand for several values each, in the order of their means. */
class Centroids {
  readonly means: number[] = [];
  readonly weights: number[] = [];
  private before = 0;
  private limit = 0;

  /** @param total weight of all that is going to be appended */
  constructor(readonly total: number) {}

  /**
   * Adds what is no smaller than anything before. It joins its neighbour as long as the scale function allows: finely at the
   * ends, coarsely in the middle.
   */
  append(mean: number, weight: number): void {
    const last = this.means.length - 1;
    const lastWeight = this.weights[last];
    if (lastWeight !== undefined && this.before + lastWeight + weight <= this.limit) {
      const joined = lastWeight + weight;
      const lastMean = this.means[last] ?? 0;
      this.means[last] = lastMean + ((mean - lastMean) * weight) / joined;
      this.weights[last] = joined;
      return;
    }
    this.before += lastWeight ?? 0;
    this.limit = this.total * upperQuantile(this.before / this.total);
    this.means.push(mean);
    this.weights.push(weight);
  }
}

interface Point {
  readonly rank: number;
  readonly value: number;
}

function interpolated(lower: Point, upper: Point, rank: number): number {
  const span = upper.rank - lower.rank;
  if (span === 0) return upper.value;
  const share = (rank - lower.rank) / span;
  return lower.value * (1 - share) + upper.value * share;
}

/** Where a centroid that begins at this quantile must end. */
function upperQuantile(quantile: number): number {
  const scale = COMPRESSION / (2 * Math.PI);
  const next = scale * Math.asin(2 * quantile - 1) + 1;
  return next >= COMPRESSION / 4 ? 1 : (Math.sin(next / scale) + 1) / 2;
}
