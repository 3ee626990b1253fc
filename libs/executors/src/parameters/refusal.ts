import type { RunContext } from '#application/running/executor.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';

/** The outcome of a task that cannot work as it is configured; another attempt would end the same. */
export function refused(error: string): AttemptOutcome {
  return { kind: 'failed', error, retryable: false };
}

/** Notes in the log that some parameters mean nothing: most often a name with a typing error. */
export function noteUnknown(context: RunContext, unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  context.log.write({ stream: 'system', text: `[ignored unknown parameter(s): ${unknown.join(', ')}]\n` });
}
