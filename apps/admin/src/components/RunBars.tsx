'use client';
import { Tooltip } from '@mantine/core';
import type { RunMark } from '@/api/types';
import { formatDuration, formatZoned } from './format';
import { barShares, summaryOf } from './run-bars';
import { shownStatus, statusLook } from './status';
import { useZone } from './zone';

export interface RunBarsProps {
  /** Oldest first. */
  runs: readonly RunMark[];
  /** Bars that there is room for; missing ones stay empty at the left. @default 20 */
  slots?: number;
  /** Pixels. @default 24 */
  height?: number;
  /** The job's; the choice of the zone menu wins over it. */
  timeZone?: string;
}

const STEP = 6;
const WIDTH = 4;
/** What did not run to an end. */
const HOLLOW: ReadonlySet<string> = new Set(['skipped', 'pending', 'retrying', 'cancelled']);

/** The last runs as bars: height is the duration of the last attempt, colour the status, a hatched bar a skipped one. One label for all of them. */
export function RunBars({ runs, slots = 20, height = 24, timeZone }: RunBarsProps) {
  const zone = useZone(timeZone);
  const shown = runs.slice(-slots);
  const shares = barShares(shown.map(({ durationSeconds }) => durationSeconds));
  const offset = slots - shown.length;
  return (
    <svg role="img" aria-label={summaryOf(shown)} width={slots * STEP} height={height} style={{ display: 'block', overflow: 'visible' }}>
      {Array.from({ length: offset }, (_, at) => (
        <rect key={at} x={at * STEP} y={height - 2} width={WIDTH} height={2} rx={1} fill="var(--line)" />
      ))}
      {shown.map((run, at) => (
        <Bar key={run.id} run={run} x={(offset + at) * STEP} share={shares[at] ?? 0} height={height} timeZone={zone} />
      ))}
    </svg>
  );
}

function Bar({ run, x, share, height, timeZone }: { run: RunMark; x: number; share: number; height: number; timeZone: string }) {
  const status = shownStatus(run);
  const { word, tone } = statusLook(status);
  const size = Math.max(4, Math.round(share * height));
  const isHollow = HOLLOW.has(status);
  const colour = `var(--status-${tone})`;
  return (
    <Tooltip openDelay={80} label={`${word} · ${formatZoned(run.scheduledFor, timeZone)} · ${formatDuration(run.durationSeconds)}`}>
      <g>
        <rect x={x - 1} y={0} width={STEP} height={height} fill="transparent" />
        <rect
          x={isHollow ? x + 0.5 : x}
          y={height - size + (isHollow ? 0.5 : 0)}
          width={isHollow ? WIDTH - 1 : WIDTH}
          height={isHollow ? size - 1 : size}
          rx={1}
          fill={isHollow ? 'transparent' : colour}
          stroke={isHollow ? colour : 'none'}
          {...(status === 'skipped' ? { strokeDasharray: '2 1.5' } : {})}
        />
      </g>
    </Tooltip>
  );
}
