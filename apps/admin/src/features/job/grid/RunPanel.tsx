'use client';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { RunCell } from '@/api/types';
import { Duration } from '@/components/Duration';
import { triggerWord } from '@/components/execution-words';
import { Instant } from '@/components/Instant';
import { Properties } from '@/components/Properties';
import { reasonText, shownStatus } from '@/components/status';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import classes from './RunGrid.module.css';

/** The run that was chosen in the grid. */
export function RunPanel({ run, timezone, onClose }: { run: RunCell; timezone: string; onClose: () => void }) {
  return (
    <section className={classes.panel} aria-label={`Run ${String(run.number)}`}>
      <div className={classes.panelHead}>
        <h3 className={classes.panelTitle}>Run #{run.number}</h3>
        <StatusBadge status={shownStatus(run)} />
        <TextLink href={`/executions/${run.id}`}>Open the execution</TextLink>
        <ActionIcon className={classes.right} size={24} aria-label="Close the run" onClick={onClose}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </div>
      <Properties
        rows={[
          ['Scheduled for', <Instant key="for" at={run.scheduledFor} timeZone={timezone} show="absolute" />],
          ['Started', <Instant key="started" at={run.startedAt} timeZone={timezone} show="absolute" />],
          [run.attempt > 1 ? 'Last attempt took' : 'Duration', <Duration key="duration" seconds={run.durationSeconds} />],
          ['Attempt', String(run.attempt)],
          ['Started by', triggerWord(run.trigger)],
          ...(run.reason === null ? [] : [['Reason', reasonText(run.reason)] as const]),
        ]}
      />
      {run.error !== null && (
        <pre className={classes.error} tabIndex={0} role="region" aria-label="Error">
          {run.error}
        </pre>
      )}
    </section>
  );
}
