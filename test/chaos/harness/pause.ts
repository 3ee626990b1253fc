/** Waits, milliseconds. */
export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Asks until the answer is true or the time is over. @returns milliseconds that it took, or null when it never was */
export async function untilTrue(condition: () => boolean | Promise<boolean>, withinMs: number, everyMs = 100): Promise<number | null> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > withinMs) return null;
    await pause(everyMs);
  }
  return performance.now() - startedAt;
}
