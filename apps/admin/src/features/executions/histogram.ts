/** Figures of the histogram: what stands where. Pure, in buckets and shares of the height. */
import type { ExecutionFacets } from '@/api/contract';
import type { Status } from '@/api/types';

/** From the bottom up: what went well carries what did not. */
export const STACK: readonly Status[] = ['success', 'running', 'dispatched', 'pending', 'skipped', 'cancelled', 'timeout', 'failed'];

export type Bucket = ExecutionFacets['buckets'][number];

export interface Segment {
  readonly status: Status;
  /** Shares of the full height, from the bottom. */
  readonly from: number;
  readonly to: number;
}

export function totalOf(bucket: Bucket): number {
  return Object.values(bucket.counts).reduce((sum, count) => sum + count, 0);
}

/** @param highest count that fills the height */
export function segmentsOf(bucket: Bucket, highest: number): Segment[] {
  let below = 0;
  const segments: Segment[] = [];
  for (const status of STACK) {
    const count = bucket.counts[status] ?? 0;
    if (count === 0 || highest === 0) continue;
    segments.push({ status, from: below / highest, to: (below + count) / highest });
    below += count;
  }
  return segments;
}

export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** The buckets between two places of a brush, both included; places are shares of the width. */
export function stretchOf(a: number, b: number, buckets: number): Stretch {
  const at = (share: number) => Math.min(buckets - 1, Math.max(0, Math.floor(share * buckets)));
  return { first: at(Math.min(a, b)), last: at(Math.max(a, b)) };
}

/** From the start of the first bucket to the end of the last one, at most to the end of the whole range. */
export function instantsOf({ first, last }: Stretch, facets: Pick<ExecutionFacets, 'buckets' | 'bucketSeconds' | 'to'>): { from: string; to: string } | null {
  const [start, end] = [facets.buckets[first], facets.buckets[last]];
  if (start === undefined || end === undefined) return null;
  const endMs = Math.min(Date.parse(end.at) + facets.bucketSeconds * 1_000, Date.parse(facets.to));
  return { from: start.at, to: new Date(endMs).toISOString() };
}

/** `Executions over time: 93 in 60 intervals, 84 succeeded, 9 failed.` @param words of statuses, lower case */
export function sentenceOf(facets: ExecutionFacets, words: (status: Status) => string): string {
  const counts = STACK.map((status) => [status, facets.statuses[status] ?? 0] as const).filter(([, count]) => count > 0);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const parts = counts.map(([status, count]) => `${String(count)} ${words(status)}`);
  return `Executions over time: ${String(total)} in ${String(facets.buckets.length)} intervals${parts.length === 0 ? '' : `, ${parts.join(', ')}`}.`;
}
