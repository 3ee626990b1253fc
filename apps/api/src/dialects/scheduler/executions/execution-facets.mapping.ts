import type { ExecutionFacets, ExecutionFilter } from '#application/executions/execution.repository.js';
import { EXECUTION_STATUSES, TRIGGER_SOURCES, type ExecutionStatus, type TriggerSource } from '#domain/execution/status.js';
import { instant } from '../wire.js';
import type { ExecutionFacetsQuery } from './execution.dto.js';
import type { ExecutionFacetsResponse } from './execution-facets.responses.js';
import { toExecutionFilter } from './execution.request-mapper.js';

const DAY_MS = 86_400_000;
const DEFAULT_BUCKETS = 60;

export interface FacetsRequest {
  readonly filter: ExecutionFilter & { readonly from: Date; readonly to: Date };
  /** Whole seconds. */
  readonly bucketMs: number;
}

/** The last 24 hours where no range is said. @throws InputError as `toExecutionFilter` */
export function toFacetsRequest(query: ExecutionFacetsQuery, now: Date): FacetsRequest {
  const filter = toExecutionFilter(query, now);
  const to = filter.to ?? (filter.from === undefined || filter.from < now ? now : new Date(filter.from.getTime() + DAY_MS));
  const from = filter.from ?? new Date(to.getTime() - DAY_MS);
  const spanSeconds = (to.getTime() - from.getTime()) / 1000;
  return { filter: { ...filter, from, to }, bucketMs: Math.max(1, Math.ceil(spanSeconds / (query.buckets ?? DEFAULT_BUCKETS))) * 1000 };
}

export function presentFacets({ filter: { from, to }, bucketMs }: FacetsRequest, facets: ExecutionFacets): ExecutionFacetsResponse {
  const length = Math.ceil((to.getTime() - from.getTime()) / bucketMs);
  const buckets = Array.from({ length }, (_, index) => ({ at: instant(new Date(from.getTime() + index * bucketMs)), counts: none(EXECUTION_STATUSES) }));
  const statuses = none(EXECUTION_STATUSES);
  for (const { bucket, status, count } of facets.buckets) {
    statuses[status] += count;
    const counts = buckets[bucket]?.counts;
    if (counts !== undefined) counts[status] += count;
  }
  const triggers = none(TRIGGER_SOURCES);
  for (const { name, count } of facets.triggers) triggers[name] = count;
  const { taskFunctions, queues, jobs, workers, isCapped } = facets;
  return {
    from: instant(from), to: instant(to), bucketSeconds: bucketMs / 1000, buckets, statuses, triggers,
    taskFunctions: [...taskFunctions], queues: [...queues], jobs: [...jobs], workers: [...workers], isCapped,
  };
}

function none<Name extends ExecutionStatus | TriggerSource>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}
