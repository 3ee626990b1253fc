import type { SeriesRequest } from '#application/series/series.repository.js';
import type { JobId } from '#domain/ids.js';
import { InputError } from '../../../http/input.pipe.js';
import { parseInstant } from '../../../http/instant.js';
import type { SeriesQuery } from './series.dto.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_BUCKETS = 1_000;

/** Longest spans: what a chart costs grows with the hours, or below an hour with the executions. */
const SPANS = {
  oneJob: { hours: 366 * DAY_MS, seconds: 7 * DAY_MS },
  allJobs: { hours: 31 * DAY_MS, seconds: 6 * HOUR_MS },
} as const;

/** @throws InputError for a span that is empty or too long, and for buckets that are too many or no whole hours */
export function toSeriesRequest(query: SeriesQuery, now: Date): SeriesRequest {
  const bucketMs = (query.bucket ?? HOUR_MS / 1000) * 1000;
  const isOfHours = bucketMs >= HOUR_MS;
  if (isOfHours && bucketMs % HOUR_MS !== 0) throw wrong('bucket', 'from one hour on, a bucket is a whole number of hours');
  const to = parseInstant(query.to) ?? now;
  const wanted = parseInstant(query.from) ?? new Date(to.getTime() - DAY_MS);
  if (wanted >= to) throw wrong('to', 'to lies not after from');
  const gridMs = Math.min(bucketMs, HOUR_MS);
  const from = new Date(Math.floor(wanted.getTime() / gridMs) * gridMs);
  const spanMs = to.getTime() - wanted.getTime();
  const longest = SPANS[query.job_id === undefined ? 'allJobs' : 'oneJob'];
  if (spanMs > (isOfHours ? longest.hours : longest.seconds)) throw wrong('from', 'the span is too long');
  if ((to.getTime() - from.getTime()) / bucketMs > MAX_BUCKETS) throw wrong('bucket', `more than ${String(MAX_BUCKETS)} buckets`);
  return { jobId: (query.job_id?.toLowerCase() as JobId | undefined) ?? null, from, to, bucketMs };
}

function wrong(member: string, message: string): InputError {
  return new InputError('query', [{ path: [member], message }]);
}
