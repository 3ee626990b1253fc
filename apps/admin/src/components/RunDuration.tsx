'use client';
import { Tooltip } from '@mantine/core';
import type { Execution } from '@/api/types';
import { Duration, Elapsed } from './Duration';
import { retriesNote } from './execution-words';

/** How long a run took: its last attempt, as everywhere; of one with retries the tooltip has the whole. Ticks while it runs. */
export function RunDuration({ run }: { run: Pick<Execution, 'status' | 'attempt' | 'startedAt' | 'completedAt' | 'durationSeconds'> }) {
  const note = retriesNote(run);
  const shown = run.status === 'running' ? <Elapsed since={run.startedAt} /> : <Duration seconds={run.durationSeconds} />;
  if (note === null) return shown;
  return (
    <Tooltip label={note}>
      <span tabIndex={0} style={{ textDecoration: 'underline dotted', textUnderlineOffset: 3 }}>
        {shown}
      </span>
    </Tooltip>
  );
}
