export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value that a share of all values does not exceed. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}

/** p50, p99 and the greatest, in whole units. */
export function spread(values) {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99), max: percentile(values, 1) };
}

/** The median of each numeric member over several results of the same shape. */
export function medians(results) {
  const [first] = results;
  return Object.fromEntries(Object.keys(first).filter((key) => typeof first[key] === 'number').map((key) => [key, median(results.map((one) => one[key]))]));
}

export function rounded(value, digits = 2) {
  return Number(value.toFixed(digits));
}

export async function pause(ms) {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Looks again and again until `look` returns something true, and returns it. */
export async function until(look, { withinMs, everyMs = 20, what }) {
  const limit = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > limit) throw new Error(`${what} did not come about within ${String(withinMs)} ms`);
    await pause(everyMs);
  }
}
