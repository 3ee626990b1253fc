import type { JobId } from '#domain/ids.js';
import type { EndCounts } from '../overview/overview.repository.js';

/** Ends over time, `[from, to)` in buckets of one length. */
export interface SeriesRequest {
  /** Null: of all jobs. */
  readonly jobId: JobId | null;
  /** On a whole hour (UTC) where a bucket is one or more of them. */
  readonly from: Date;
  readonly to: Date;
  /** Whole seconds. */
  readonly bucketMs: number;
}

export interface SeriesBucket {
  readonly at: Date;
  readonly counts: EndCounts;
  /** From the first start to the end, of runs that ended in the bucket; null without any. */
  readonly durationMs: { readonly average: number; readonly max: number } | null;
}

/** Charts of what ended, whatever the size of the ledger: buckets of whole hours come from the rollup. */
export abstract class SeriesRepository {
  /** Every bucket of the range, oldest first. Runs count at the instant of their end, skipped occurrences at their own. */
  abstract read(request: SeriesRequest): Promise<SeriesBucket[]>;
}
