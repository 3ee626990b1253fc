'use client';
import { useRef, useState } from 'react';
import type { ExecutionFacets } from '@/api/contract';
import { formatClock, formatCount, formatInstant, formatZoned } from '@/components/format';
import { statusLook } from '@/components/status';
import { useZone } from '@/components/zone';
import { instantsOf, segmentsOf, sentenceOf, stretchOf, totalOf, type Stretch } from './histogram';
import classes from './Histogram.module.css';

const HEIGHT = 88;
const DAY_S = 86_400;
/** Width of a bucket's place in the drawing, which is stretched to the width of the card. */
const SLOT = 10;
const LABELS = 7;

export interface HistogramProps {
  facets: ExecutionFacets;
  /** A click on a bar or a brush over several. */
  onRange: (range: { from: string; to: string }) => void;
}

/** Executions over time, stacked by status. The mouse picks a stretch of time; the table beside it does so by keyboard. */
export function Histogram({ facets, onRange }: HistogramProps) {
  const { over, brush, handlers } = useBrush(facets, onRange);
  const zone = useZone();
  const count = facets.buckets.length;
  const highest = Math.max(1, ...facets.buckets.map(totalOf));
  const marked = brush ?? (over === null ? null : { first: over, last: over });
  return (
    <div className={classes.chart}>
      <div className={classes.plot} {...handlers}>
        <svg width="100%" height={HEIGHT} viewBox={`0 0 ${String(Math.max(1, count) * SLOT)} ${String(HEIGHT)}`} preserveAspectRatio="none" role="img" aria-label={sentenceOf(facets, (status) => statusLook(status).word.toLowerCase())}>
          {marked !== null && <rect className={classes.mark} x={marked.first * SLOT} y={0} width={(marked.last - marked.first + 1) * SLOT} height={HEIGHT} />}
          {facets.buckets.map((bucket, at) =>
            segmentsOf(bucket, highest).map(({ status, from, to }) => (
              <rect
                key={`${bucket.at}${status}`}
                x={at * SLOT + 1}
                width={SLOT - 2}
                y={HEIGHT - to * (HEIGHT - 2)}
                height={Math.max(1, (to - from) * (HEIGHT - 2))}
                fill={`var(--status-${statusLook(status).tone})`}
              />
            )),
          )}
          <line x1={0} x2={Math.max(1, count) * SLOT} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className={classes.base} vectorEffect="non-scaling-stroke" />
        </svg>
        {facets.buckets.some((bucket) => totalOf(bucket) > 0) && (
          <span className={classes.highest} aria-hidden>
            {formatCount(highest)}
          </span>
        )}
        {marked !== null && brush === null && <Tip facets={facets} at={marked.first} share={(marked.first + 0.5) / count} zone={zone} />}
      </div>
      <Axis facets={facets} zone={zone} />
      <div className={classes.zone} aria-hidden>{zone}</div>
    </div>
  );
}

function Tip({ facets, at, share, zone }: { facets: ExecutionFacets; at: number; share: number; zone: string }) {
  const bucket = facets.buckets[at];
  if (bucket === undefined) return null;
  const counts = Object.entries(bucket.counts).filter(([, count]) => count > 0);
  return (
    <div className={classes.tip} style={share > 0.5 ? { right: `${String((1 - share) * 100)}%` } : { left: `${String(share * 100)}%` }} aria-hidden>
      <div className="tabular">{formatZoned(bucket.at, zone)}</div>
      {counts.length === 0 ? <div>none</div> : counts.map(([status, count]) => <div key={status}>{`${formatCount(count)} ${statusLook(status).word.toLowerCase()}`}</div>)}
    </div>
  );
}

function Axis({ facets, zone }: { facets: ExecutionFacets; zone: string }) {
  const [start, end] = [Date.parse(facets.from), Date.parse(facets.to)];
  const isLong = (end - start) / 1_000 > DAY_S;
  return (
    <div className={classes.axis} aria-hidden>
      {Array.from({ length: LABELS }, (_, at) => {
        const ms = start + ((end - start) * at) / (LABELS - 1);
        return <span key={at}>{isLong ? formatInstant(ms, zone, { withSeconds: false }).slice(5) : end - start < 600_000 ? formatClock(ms, zone) : formatClock(ms, zone).slice(0, 5)}</span>;
      })}
    </div>
  );
}

/** Which bucket the mouse is over, and which ones it has been dragged across. */
function useBrush(facets: ExecutionFacets, onRange: HistogramProps['onRange']) {
  const start = useRef<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [brush, setBrush] = useState<Stretch | null>(null);
  const shareOf = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return box.width === 0 ? 0 : (event.clientX - box.left) / box.width;
  };
  const count = facets.buckets.length;
  return {
    over,
    brush,
    handlers: {
      onPointerDown: (event: React.PointerEvent<HTMLElement>) => {
        if (event.button !== 0 || count === 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = shareOf(event);
      },
      onPointerMove: (event: React.PointerEvent<HTMLElement>) => {
        if (count === 0) return;
        const here = shareOf(event);
        setOver(stretchOf(here, here, count).first);
        if (start.current !== null) setBrush(stretchOf(start.current, here, count));
      },
      onPointerUp: (event: React.PointerEvent<HTMLElement>) => {
        if (start.current === null) return;
        const range = instantsOf(stretchOf(start.current, shareOf(event), count), facets);
        start.current = null;
        setBrush(null);
        if (range !== null) onRange(range);
      },
      onPointerCancel: () => {
        start.current = null;
        setBrush(null);
      },
      onPointerLeave: () => {
        setOver(null);
      },
    },
  };
}
