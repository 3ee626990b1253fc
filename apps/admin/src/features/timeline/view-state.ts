/** What of the timeline is in the URL. */
import { createParser, parseAsStringLiteral } from 'nuqs';
import { instantOf, SPAN_NAMES } from './window';

/** Rows that are asked for, step by step; the API gives 50 at most. */
export const LIMITS = [15, 50] as const;

export const VIEW_STATE = {
  span: parseAsStringLiteral(SPAN_NAMES).withDefault('2h'),
  at: createParser({ parse: instantOf, serialize: String }),
  limit: createParser({ parse: (text) => LIMITS.find((limit) => String(limit) === text) ?? null, serialize: String }).withDefault(15),
  view: parseAsStringLiteral(['chart', 'table']).withDefault('chart'),
};
