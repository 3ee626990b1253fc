/**
 * Waits until `condition` gives something else than null, undefined or false, and resolves with it.
 * @throws when that does not happen within `deadlineMs`
 */
export async function waitUntil<Result>(
  condition: () => Result | Promise<Result>,
  { deadlineMs = 10_000, what = 'the condition' } = {},
): Promise<NonNullable<Result>> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const result = await condition();
    if (result !== null && result !== undefined && result !== false) return result;
    if (performance.now() > deadline) throw new Error(`${what} did not come true within ${String(deadlineMs)} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
