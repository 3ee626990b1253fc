/** The columns of the explorer's table. */
import { Tooltip } from '@mantine/core';
import type { Execution } from '@/api/types';
import { CopyButton } from '@/components/CopyButton';
import type { Column } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { shortId } from '@/components/format';
import { Instant } from '@/components/Instant';
import { RunDuration } from '@/components/RunDuration';
import { RunStatus } from '@/components/RunStatus';
import { TextLink } from '@/components/TextLink';
import classes from './columns.module.css';
import { outcomeLine, triggerWord } from '@/components/execution-words';

/** @param longest duration that fills the bar, seconds */
export function columnsFor(longest: number): Column<Execution>[] {
  return [
    { key: 'status', header: 'Status', width: '112px', cell: (row) => <RunStatus plain run={row} /> },
    { key: 'job', header: 'Job', isTitle: true, cell: (row) => <JobCell row={row} /> },
    { key: 'started', header: 'Started', width: '92px', cell: (row) => (row.startedAt === null ? <Planned row={row} /> : <Instant at={row.startedAt} />) },
    { key: 'wait', header: 'Wait', width: '68px', align: 'right', cell: (row) => <Duration seconds={row.queueWaitSeconds} /> },
    { key: 'duration', header: 'Duration', width: '92px', cell: (row) => <DurationCell row={row} longest={longest} /> },
    { key: 'attempt', header: 'Try', width: '48px', align: 'right', cell: (row) => <AttemptCell row={row} /> },
    { key: 'trigger', header: 'Trigger', width: '96px', cell: (row) => <TriggerCell row={row} /> },
    { key: 'worker', header: 'Worker', width: '96px', cell: (row) => <span className={classes.clip}>{row.workerName ?? '–'}</span> },
    { key: 'outcome', header: 'Result', cell: (row) => <Outcome row={row} /> },
  ];
}

function JobCell({ row }: { row: Execution }) {
  return (
    <div className={classes.job}>
      <span className={classes.name}>
        <TextLink strong href={`/executions/${row.id}`}>
          {row.jobName}
        </TextLink>
      </span>
      <span className={classes.ids}>
        <span className="tabular">#{row.number}</span>
        <span className="mono">{shortId(row.id)}</span>
        <CopyButton value={row.id} what={`id of #${String(row.number)}`} />
      </span>
    </div>
  );
}

/** Not started: when it was to start. */
function Planned({ row }: { row: Execution }) {
  return (
    <span className={classes.faint}>
      <Instant at={row.scheduledFor} />
    </span>
  );
}

function DurationCell({ row, longest }: { row: Execution; longest: number }) {
  if (row.status === 'running') return <RunDuration run={row} />;
  if (row.durationSeconds === null) return <>–</>;
  const share = longest <= 0 ? 0 : Math.min(1, row.durationSeconds / longest);
  return (
    <span className={classes.duration}>
      <RunDuration run={row} />
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} style={{ width: `${String(Math.max(2, share * 100))}%` }} />
      </span>
    </span>
  );
}

function AttemptCell({ row }: { row: Execution }) {
  if (row.attempt === 0) return <>–</>;
  return <span className={row.attempt > 1 ? classes.retried : undefined}>{`${String(row.attempt)}/${String(row.maxAttempts)}`}</span>;
}

function TriggerCell({ row }: { row: Execution }) {
  return (
    <span className={classes.stack}>
      <span>{triggerWord(row.triggeredBy)}</span>
      {row.triggeredByName !== null && <span className={classes.faint}>{row.triggeredByName}</span>}
    </span>
  );
}

function Outcome({ row }: { row: Execution }) {
  const text = outcomeLine(row);
  if (text === '') return <span className={classes.faint}>–</span>;
  const isError = row.errorMessage !== null;
  return (
    <Tooltip label={text} multiline maw={480} disabled={text.length < 24}>
      <span className={`${classes.outcome ?? ''} ${isError ? (classes.error ?? '') : ''}`}>{text}</span>
    </Tooltip>
  );
}
