'use client';
import { Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { SchedulePreview, SchedulePreviewInput } from '@/api/contract';
import { formatDuration } from '@/components/format';
import { ClockChanges, FireTimes } from '@/components/fires/FireTimes';
import { meanGapSeconds } from '@/components/fires/fires';
import { useClockChanges } from '@/components/fires/use-clock-changes';
import { WarningList } from '@/components/WarningList';
import classes from './SchedulePreviewPanel.module.css';
import { scheduleWarnings } from './schedule-warnings';

export interface SchedulePreviewPanelProps {
  /** What was asked; null while nothing complete has been entered. */
  input: SchedulePreviewInput | null;
  preview: UseQueryResult<SchedulePreview>;
  timezone: string;
  /** Of the job as it has run so far; null without history. */
  p95Seconds: number | null;
}

/** What the schedule that is being written would do, as the planner computes it. */
export function SchedulePreviewPanel({ input, preview, timezone, p95Seconds }: SchedulePreviewPanelProps) {
  const answer = input === null ? undefined : preview.data;
  const changes = useClockChanges(answer?.valid === true ? input : null, timezone);
  return (
    <div className={classes.panel} aria-busy={preview.isFetching || undefined}>
      <div className={classes.head}>
        <h3 className={classes.title}>Next runs</h3>
        <div aria-live="polite" className={classes.words}>
          {answer?.description ?? (input === null ? 'Not complete yet.' : '\u00a0')}
        </div>
        {answer?.valid === true && <p className={classes.rate}>{rateText(meanGapSeconds(answer.nextRuns))}</p>}
      </div>
      {answer?.valid === true && <Warnings texts={scheduleWarnings(answer, p95Seconds)} />}
      <Body input={input} preview={preview} timezone={timezone} />
      {answer?.valid === true && <ClockChanges notes={changes} />}
    </div>
  );
}

/** Said as they come and go with what is typed. */
function Warnings({ texts }: { texts: readonly string[] }) {
  return (
    <div aria-live="polite">
      {texts.length > 0 && (
        <WarningList label="Warnings" className={classes.warnings}>
          {texts.map((text) => (
            <li key={text}>
              <IconAlertTriangle size={13} aria-hidden />
              <span>{text}</span>
            </li>
          ))}
        </WarningList>
      )}
    </div>
  );
}

function Body({ input, preview, timezone }: Omit<SchedulePreviewPanelProps, 'p95Seconds'>) {
  if (input === null) return null;
  if (preview.data === undefined) {
    if (preview.isError) return <Wrong messages={[preview.error.message]} />;
    return (
      <div className={classes.loading}>
        <Skeleton height={200} />
      </div>
    );
  }
  if (!preview.data.valid) return <Wrong messages={preview.data.errors.map(({ msg }) => `${msg.charAt(0).toUpperCase()}${msg.slice(1)}.`)} />;
  if (preview.data.nextRuns.length === 0) return <Wrong messages={['It does not fire within the window.']} />;
  return <FireTimes compact isPreview fires={preview.data.nextRuns} timezone={preview.data.timezone ?? timezone} label="Next runs of this schedule" />;
}

function Wrong({ messages }: { messages: readonly string[] }) {
  return (
    <div role="status" className={classes.wrong}>
      <IconAlertTriangle size={15} aria-hidden />
      <div>
        {messages.map((message) => (
          <p key={message}>{message}</p>
        ))}
      </div>
    </div>
  );
}

function rateText(gapSeconds: number | null): string {
  if (gapSeconds === null) return 'Once.';
  const perDay = 86_400 / gapSeconds;
  const rate = perDay >= 2 ? `, about ${Math.round(perDay).toLocaleString('en')} runs a day` : '';
  return `${formatDuration(gapSeconds)} apart on average${rate}`;
}
