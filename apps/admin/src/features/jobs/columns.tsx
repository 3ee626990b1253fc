import { Tooltip } from '@mantine/core';
import type { Job } from '@/api/types';
import type { Column } from '@/components/DataTable';
import { Countdown, Instant } from '@/components/Instant';
import { RunBars } from '@/components/RunBars';
import { startedStatus, statusLook } from '@/components/status';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import { EnabledSwitch } from './EnabledSwitch';
import classes from './jobs.module.css';
import { RowActions, type RowActionsProps } from './RowActions';
import { rawSchedule } from './schedule-text';

/** The API counts no more failures in a row than these. */
const MOST_COUNTED = 20;

export function jobColumns(actions: Omit<RowActionsProps, 'job'>): Column<Job>[] {
  return [
    { key: 'enabled', header: 'On', width: '56px', cell: (job) => <EnabledSwitch job={job} /> },
    { key: 'name', header: 'Name', sort: 'name', isTitle: true, cell: (job) => <Name job={job} /> },
    { key: 'schedule', header: 'Schedule', width: '17%', cell: (job) => <Schedule job={job} /> },
    { key: 'runs', header: 'Last 20 runs', sort: 'failures', sortTitle: 'Most failures in a row', startsDescending: true, width: '132px', cell: (job) => (job.recentRuns === undefined ? null : <RunBars runs={job.recentRuns} timeZone={job.timezone} />) },
    { key: 'last', header: 'Last run', sort: 'last_run', width: '116px', cell: (job) => <LastRun job={job} /> },
    { key: 'next', header: 'Next run', sort: 'next_run', width: '116px', cell: (job) => <NextRun job={job} /> },
    { key: 'actions', header: 'Actions', isHeaderHidden: true, width: '76px', align: 'right', cell: (job) => <RowActions job={job} {...actions} /> },
  ];
}

function Name({ job }: { job: Job }) {
  const about = job.description ?? '';
  return (
    <div className={classes.name}>
      <div className={classes.title}>
        <TextLink strong href={`/jobs/${job.id}`}>
          {job.name}
        </TextLink>
      </div>
      <div className={classes.about}>{about === '' ? `${job.taskFunctionDisplayName} · ${job.queue}` : `${job.taskFunctionDisplayName} · ${about}`}</div>
    </div>
  );
}

function Schedule({ job }: { job: Job }) {
  return (
    <div className={classes.schedule}>
      <Tooltip label={<span className="mono">{rawSchedule(job)}</span>}>
        <span>{job.scheduleText}</span>
      </Tooltip>
      {job.timezone !== 'UTC' && <span className={classes.zone}>{job.timezone}</span>}
    </div>
  );
}

/** Failures in a row are counted; a run that goes on does not hide them. */
function LastRun({ job }: { job: Job }) {
  if (job.lastStatus === null) return <span className={classes.muted}>Never</span>;
  const status = startedStatus(job.lastStatus);
  const { word } = statusLook(status);
  const streak = job.failureStreak > 1 ? ` ×${job.failureStreak === MOST_COUNTED ? `${String(MOST_COUNTED)}+` : String(job.failureStreak)}` : '';
  const hasEnded = job.lastStatus === 'failed' || job.lastStatus === 'timeout';
  return (
    <div className={classes.stack}>
      <StatusBadge plain status={status}>
        {hasEnded ? `${word}${streak}` : word}
      </StatusBadge>
      {streak !== '' && !hasEnded ? (
        <StatusBadge plain status="failing">{`Failing${streak}`}</StatusBadge>
      ) : (
        <span className={classes.muted}>
          <Instant at={job.lastRunTime} timeZone={job.timezone} />
        </span>
      )}
    </div>
  );
}

function NextRun({ job }: { job: Job }) {
  if (job.state !== 'enabled') return <StatusBadge plain status={job.state} />;
  return <Countdown at={job.nextRunTime} timeZone={job.timezone} empty={<span className={classes.muted}>None</span>} />;
}
