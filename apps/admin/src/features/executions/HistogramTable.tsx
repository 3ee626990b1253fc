'use client';
import type { ExecutionFacets } from '@/api/contract';
import { formatCount, formatInstant } from '@/components/format';
import { statusLook } from '@/components/status';
import { useZone } from '@/components/zone';
import { instantsOf, STACK, totalOf } from './histogram';
import type { HistogramProps } from './Histogram';
import classes from './Histogram.module.css';

/** The histogram in figures, newest first; intervals without executions are left out. Its times are buttons that pick them. */
export function HistogramTable({ facets, onRange }: HistogramProps) {
  const zone = useZone();
  const statuses = STACK.filter((status) => (facets.statuses[status] ?? 0) > 0);
  const rows = facets.buckets.map((bucket, at) => ({ bucket, at })).filter(({ bucket }) => totalOf(bucket) > 0).reverse();
  return (
    <div className={classes.table} tabIndex={0} role="region" aria-label="Executions over time">
      <table>
        <thead>
          <tr>
            <th scope="col">{`From (${zone})`}</th>
            {statuses.map((status) => (
              <th key={status} scope="col">
                {statusLook(status).word}
              </th>
            ))}
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bucket, at }) => (
            <tr key={bucket.at}>
              <th scope="row">
                <Time facets={facets} at={at} text={formatInstant(bucket.at, zone)} onRange={onRange} />
              </th>
              {statuses.map((status) => (
                <td key={status}>{formatCount(bucket.counts[status] ?? 0)}</td>
              ))}
              <td>{formatCount(totalOf(bucket))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Time({ facets, at, text, onRange }: HistogramProps & { facets: ExecutionFacets; at: number; text: string }) {
  return (
    <button
      type="button"
      className={classes.time}
      title="Look at this interval"
      onClick={() => {
        const range = instantsOf({ first: at, last: at }, facets);
        if (range !== null) onRange(range);
      }}
    >
      {text}
    </button>
  );
}
