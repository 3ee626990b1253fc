/** Longest time that a condition is waited for when the caller names none, milliseconds. */
const WITHIN_MS = 10_000;
const LOOK_MS = 10;

/**
 * Waits for a condition instead of for time: asks until `check` neither throws nor answers `false`, and resolves with its
 * answer. Assertions inside say what is still missing.
 *
 * @throws what `check` threw last, or an error that names the deadline, when it does not hold within `withinMs`
 */
export async function eventually<Result>(
  check: () => Result | Promise<Result>,
  { withinMs = WITHIN_MS }: { withinMs?: number } = {},
): Promise<Exclude<Result, false>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    let failure: unknown = new Error(`The condition did not hold within ${String(withinMs)} ms`);
    try {
      const result = await check();
      if (result !== false) return result as Exclude<Result, false>;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadline) throw failure;
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_MS);
    });
  }
}
