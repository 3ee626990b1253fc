import type { SeriesBucket } from '#application/series/series.repository.js';
import { instant, seconds } from '../wire.js';
import type { SeriesResponse } from './series.responses.js';

export function presentSeries(buckets: readonly SeriesBucket[]): SeriesResponse {
  return {
    buckets: buckets.map(({ at, counts, durationMs }) => ({
      at: instant(at),
      ...counts,
      averageDurationSeconds: durationMs === null ? null : seconds(durationMs.average),
      maxDurationSeconds: durationMs === null ? null : seconds(durationMs.max),
    })),
  };
}
