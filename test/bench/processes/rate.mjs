import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Does something so many times, so many at a time. @returns how often a second, and how long the event loop was blocked, ms */
export async function measureRate({ count, concurrency, run }) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let left = count;
  const from = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await run();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const ms = performance.now() - from;
  delay.disable();
  return { perSecond: (count * 1_000) / ms, loopDelayP99: delay.percentile(99) / 1e6, rssMiB: process.memoryUsage.rss() / 2 ** 20 };
}
