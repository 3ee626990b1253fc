'use client';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { Timeline } from '@/api/contract';
import { useNow } from '../clock';
import { useNavigate } from '../navigate';
import { StatusBadge } from '../StatusBadge';
import { TextLink } from '../TextLink';
import { useZone } from '../zone';
import classes from './TimelineChart.module.css';
import { marksOf, type Mark } from './marks';
import { ticksOf, type Tick } from './ticks';
import { Track } from './Track';
import { markHref, markText, rowText } from './words';

interface Shown {
  readonly row: number;
  readonly mark: Mark;
}

export interface TimelineChartProps {
  timeline: Timeline;
  /** What it is called, for screen readers. */
  label: string;
}

/** One row for each job: runs as bars by status, a line for now, coming fires as hollow marks. */
export function TimelineChart({ timeline, label }: TimelineChartProps) {
  const { go } = useNavigate();
  const zone = useZone();
  const clock = useNow();
  const { ref, width } = useElementSize();
  const [shown, setShown] = useState<Shown | null>(null);
  const window = { fromMs: Date.parse(timeline.from), toMs: Date.parse(timeline.to) };
  const nowMs = Math.max(clock, Date.parse(timeline.now));
  const ticks = ticksOf(window, width, zone);
  const toX = (ms: number) => ((ms - window.fromMs) / (window.toMs - window.fromMs)) * width;
  const nowX = nowMs >= window.fromMs && nowMs <= window.toMs ? toX(nowMs) : null;
  return (
    <div className={classes.chart} role="group" aria-label={label}>
      <div className={classes.axis} aria-hidden>
        <span className={classes.zone}>{zone}</span>
        <div ref={ref} className={classes.ticks}>
          <TickLabels ticks={ticks} toX={toX} width={width} nowX={nowX} />
          {nowX !== null && <span className={classes.now} style={{ left: nowX }}>now</span>}
        </div>
      </div>
      <ul className={classes.rows}>
        {timeline.rows.map((row, at) => {
          const marks = marksOf(row, window, width, nowMs);
          return (
            <li key={row.jobId} className={classes.row}>
              <span className={classes.name}>
                <TextLink strong href={`/jobs/${row.jobId}`}>
                  {row.name}
                </TextLink>
                {row.state !== 'enabled' && <StatusBadge plain status={row.state} />}
              </span>
              <div className={classes.track}>
                <Track
                  label={rowText(row, zone)}
                  marks={marks}
                  width={width}
                  ticksX={ticks.map(({ atMs }) => toX(atMs))}
                  nowX={nowX}
                  textOf={(mark) => spoken(mark, zone, nowMs)}
                  onShow={(mark) => { setShown(mark === null ? null : { row: at, mark }); }}
                  onOpen={(mark) => { go(markHref(mark, row.jobId)); }}
                />
                {shown?.row === at && <Details mark={shown.mark} width={width} zone={zone} nowMs={nowMs} />}
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Room that a label takes to each side of its line, and next to the word "now". */
const HALF_LABEL_PX = 16;
const NOW_PX = 36;

function TickLabels({ ticks, toX, width, nowX }: { ticks: readonly Tick[]; toX: (ms: number) => number; width: number; nowX: number | null }) {
  return ticks.map(({ atMs, label, isDay }) => {
    const x = toX(atMs);
    const isInTheWay = x < HALF_LABEL_PX || x > width - HALF_LABEL_PX || (nowX !== null && Math.abs(x - nowX) < NOW_PX);
    return isInTheWay ? null : (
      <span key={atMs} className={classes.tick} data-day={isDay || undefined} style={{ left: x }}>
        {label}
      </span>
    );
  });
}

function spoken(mark: Mark, zone: string, nowMs: number): string {
  const { title, when, more } = markText(mark, zone, nowMs);
  return [title, when, more].filter((part) => part !== null).join(', ');
}

const DETAILS_PX = 250;

function Details({ mark, width, zone, nowMs }: { mark: Mark; width: number; zone: string; nowMs: number }) {
  const { title, when, more } = markText(mark, zone, nowMs);
  const left = Math.max(0, Math.min(width - DETAILS_PX, mark.x + mark.width / 2 - DETAILS_PX / 2));
  return (
    <div className={classes.details} style={{ left, width: DETAILS_PX }} aria-hidden>
      <span className={classes.detailsTitle}>{mark.kind === 'runs' ? <StatusBadge plain status={mark.status}>{title}</StatusBadge> : title}</span>
      <span className="tabular">{when}</span>
      {more !== null && <span>{more}</span>}
    </div>
  );
}
