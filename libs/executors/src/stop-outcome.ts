import type { StopReason } from '#application/running/executor.js';
import type { AttemptEnd } from '#domain/execution/outcome.js';

/**
 * The outcome of an attempt that was stopped: `timed-out` when its time was over, else `cancelled` with the reason's
 * message. Any other kind of abort reason counts as a cancellation.
 */
export function stopOutcome(
  context: { readonly signal: AbortSignal; readonly timeoutMs: number },
  partial: Pick<AttemptEnd, 'result' | 'usage'> = {},
): AttemptEnd {
  // The port promises a StopReason; one from another realm or copy of the module is recognised by its kind.
  const reason = context.signal.reason as Partial<StopReason> | undefined;
  if (reason?.kind === 'timeout') {
    return { kind: 'timed-out', error: `timed out after ${String(context.timeoutMs)} ms`, ...partial };
  }
  return { kind: 'cancelled', error: reason?.message ?? 'cancelled', ...partial };
}
