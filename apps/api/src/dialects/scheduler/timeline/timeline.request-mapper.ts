import type { TimeRange } from '#application/timeline/timeline-store.js';
import { InputError } from '../../../http/input.pipe.js';
import { parseInstant } from '../../../http/instant.js';
import type { TimelineQuery } from './timeline.dto.js';

const HOUR_MS = 3_600_000;
const DEFAULT_SPAN_MS = 2 * HOUR_MS;
const MAX_SPAN_MS = 7 * 24 * HOUR_MS;

export const DEFAULT_ROWS = 15;

/** @throws InputError for a span that is empty or longer than 7 days */
export function toTimeRange(query: Pick<TimelineQuery, 'from' | 'to'>, now: Date): TimeRange {
  const end = parseInstant(query.to);
  const from = parseInstant(query.from) ?? new Date(end === null ? now.getTime() - HOUR_MS : end.getTime() - DEFAULT_SPAN_MS);
  const to = end ?? new Date(from.getTime() + DEFAULT_SPAN_MS);
  if (from >= to) throw wrong('to lies not after from');
  if (to.getTime() - from.getTime() > MAX_SPAN_MS) throw wrong('the span is longer than 7 days');
  return { from, to };
}

function wrong(message: string): InputError {
  return new InputError('query', [{ path: ['to'], message }]);
}
