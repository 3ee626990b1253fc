import type { JsonValue } from '#domain/json.js';

/** How one attempt ended, as its executor saw it. Executors return this; they do not throw for a failing task. */
export type AttemptOutcome = AttemptEnd | AttemptLoss;

/** The task came to an end, or was brought to it. */
export type AttemptEnd =
  | { readonly kind: 'succeeded'; readonly result: JsonValue; readonly usage?: ProcessUsage }
  | {
      readonly kind: 'failed';
      readonly error: string;
      /** What there was before it failed: an exit code, a response, partial output. */
      readonly result?: JsonValue;
      /** Whether another attempt could help. A missing script or a refused address stays as it is. @default true */
      readonly retryable?: boolean;
      readonly usage?: ProcessUsage;
    }
  | { readonly kind: 'timed-out'; readonly error: string; readonly result?: JsonValue; readonly usage?: ProcessUsage }
  | { readonly kind: 'cancelled'; readonly error: string; readonly result?: JsonValue; readonly usage?: ProcessUsage };

/**
 * What ran the task died, and nobody knows how far the task had come: as when the worker itself dies, and with the same
 * consequence, which the job's `onWorkerLost` says.
 */
export interface AttemptLoss {
  readonly kind: 'lost';
  readonly error: string;
  readonly result?: undefined;
  readonly usage?: undefined;
}

/** What the process tree of an attempt used. */
export interface ProcessUsage {
  readonly exitCode: number | null;
  /** Name of the signal that ended the main process, or null. */
  readonly signal: string | null;
  /** Highest sampled memory of the whole tree, bytes. */
  readonly peakMemoryBytes: number | null;
  /** Mean of the samples of the whole tree, bytes. */
  readonly averageMemoryBytes: number | null;
}
