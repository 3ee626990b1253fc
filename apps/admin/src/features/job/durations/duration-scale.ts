/** Where the dots of the duration chart stand. Pure. */

const STEPS = [1, 2, 5];

/** The top of the axis and its lines: round seconds, three to five of them, from 0. */
export function axisOf(highestSeconds: number): { readonly top: number; readonly ticks: readonly number[] } {
  const least = Math.max(highestSeconds, 0.001) / 4;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [...STEPS.map((factor) => factor * power), 10 * power].find((candidate) => candidate >= least * 0.999) ?? 10 * power;
  const count = Math.max(1, Math.ceil(highestSeconds / step - 1e-9));
  return { top: step * count, ticks: Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(6))) };
}

/** By nearest rank; null of none. @param share 0–1 */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
