'use client';
import { Button, Skeleton, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { useJobRuns } from '@/api/queries/jobs';
import type { JobDetail, RunCell } from '@/api/types';
import { DataTable } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { formatDuration, formatInstant, formatZoned } from '@/components/format';
import { useNavigate } from '@/components/navigate';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { shownStatus, statusLook } from '@/components/status';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import { useZone } from '@/components/zone';
import { counted } from '@/components/words';
import classes from './DurationChart.module.css';
import { axisOf, quantile } from './duration-scale';

type Timed = RunCell & { durationSeconds: number };

const HEIGHT = 220;
const LEFT = 52;
const RIGHT = 34;
const BOTTOM = 20;

/** How long the last attempts of the last hundred runs took, as dots or as a table. */
export function DurationChart({ job }: { job: JobDetail }) {
  const [isTable, setIsTable] = useState(false);
  const runs = useJobRuns(job.id, { limit: 100 });
  const zone = useZone(job.timezone);
  return (
    <SectionCard
      title="Durations"
      description={`The last attempt of each of the last 100 runs, without retries before it. Times in ${zone}.`}
      flush
      actions={
        <Button size="compact-sm" variant="default" onClick={() => { setIsTable(!isTable); }}>
          {isTable ? 'View as chart' : 'View as table'}
        </Button>
      }
    >
      <QueryView query={runs} what="The durations" loading={<Skeleton height={HEIGHT + 24} radius={0} />}>
        {(data) => {
          const timed = data.runs.filter((run): run is Timed => run.durationSeconds !== null);
          if (timed.length === 0) return <NothingYet title="No durations yet">Each run that has ended is a dot here.</NothingYet>;
          return isTable ? <Table runs={timed} zone={zone} /> : <Dots runs={timed} zone={zone} />;
        }}
      </QueryView>
    </SectionCard>
  );
}

function Dots({ runs, zone }: { runs: readonly Timed[]; zone: string }) {
  const { go } = useNavigate();
  const { ref, width: measured } = useElementSize();
  const width = Math.max(260, measured - 32);
  const values = runs.map(({ durationSeconds }) => durationSeconds);
  const [median, p95] = [quantile(values, 0.5) ?? 0, quantile(values, 0.95) ?? 0];
  const { top, ticks } = axisOf(Math.max(...values));
  const y = (seconds: number) => 8 + (1 - seconds / top) * (HEIGHT - BOTTOM - 8);
  const x = (at: number) => LEFT + (runs.length === 1 ? 0.5 : at / (runs.length - 1)) * (width - LEFT - RIGHT);
  const isCrowded = Math.abs(y(median) - y(p95)) < 12;
  return (
    <div ref={ref}>
      <svg
        role="img"
        aria-label={`Durations of the last attempts of ${counted(runs.length, 'run')}: half took at most ${formatDuration(median)}, 95 % at most ${formatDuration(p95)}, the longest ${formatDuration(Math.max(...values))}.`}
        viewBox={`0 0 ${String(width)} ${String(HEIGHT)}`}
        className={classes.chart}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={classes.line} x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text className={classes.axis} x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
              {tick === 0 ? '0' : formatDuration(tick)}
            </text>
          </g>
        ))}
        <line className={classes.median} x1={LEFT} x2={width - RIGHT} y1={y(median)} y2={y(median)} />
        <text className={classes.axis} x={width - RIGHT + 6} y={y(median) + (isCrowded ? 12 : 4)}>p50</text>
        <line className={classes.p95} x1={LEFT} x2={width - RIGHT} y1={y(p95)} y2={y(p95)} />
        <text className={classes.axis} x={width - RIGHT + 6} y={y(p95) + (isCrowded ? -2 : 4)}>p95</text>
        {runs.map((run, at) => (
          <Tooltip key={run.id} openDelay={60} label={`#${String(run.number)} ${statusLook(shownStatus(run)).word} · ${formatZoned(run.scheduledFor, zone)} · ${formatDuration(run.durationSeconds)}`}>
            <circle
              className={classes.dot}
              cx={x(at)}
              cy={y(run.durationSeconds)}
              r={4.5}
              fill={`var(--status-${statusLook(shownStatus(run)).tone})`}
              onClick={() => {
                go(`/executions/${run.id}`);
              }}
            />
          </Tooltip>
        ))}
        <text className={classes.axis} x={LEFT} y={HEIGHT - 4}>{formatInstant(runs[0]?.scheduledFor ?? 0, zone, { withSeconds: false })}</text>
        {runs.length > 1 && <text className={classes.axis} x={width - RIGHT} y={HEIGHT - 4} textAnchor="end">{formatInstant(runs.at(-1)?.scheduledFor ?? 0, zone, { withSeconds: false })}</text>}
      </svg>
    </div>
  );
}

function Table({ runs, zone }: { runs: readonly Timed[]; zone: string }) {
  return (
    <div className={classes.table}>
      <DataTable
        label="Durations of the last runs"
        rows={[...runs].reverse()}
        rowId={({ id }) => id}
        columns={[
          { key: 'number', header: 'Run', isTitle: true, cell: (run) => <TextLink href={`/executions/${run.id}`}>{`#${String(run.number)}`}</TextLink> },
          { key: 'status', header: 'Status', cell: (run) => <StatusBadge plain status={shownStatus(run)} /> },
          { key: 'for', header: 'Scheduled for', cell: (run) => <span className="tabular">{formatInstant(run.scheduledFor, zone)}</span> },
          { key: 'duration', header: 'Last attempt', align: 'right', cell: (run) => <span className="tabular">{formatDuration(run.durationSeconds)}</span> },
        ]}
      />
    </div>
  );
}
