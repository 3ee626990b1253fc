'use client';
import type { JobDetail } from '@/api/types';
import { useNow } from '@/components/clock';
import { formatClock } from '@/components/format';
import { Countdown } from '@/components/Instant';
import classes from './JobPage.module.css';

/** The schedule in words, the next run, and what time it is where the schedule lives. */
export function JobSubline({ job }: { job: JobDetail }) {
  const now = useNow();
  return (
    <div className={classes.subline}>
      <span>{job.scheduleText}</span>
      <span>{job.nextRunTime === null ? 'no next run' : <>next run <Countdown at={job.nextRunTime} timeZone={job.timezone} /></>}</span>
      <span className="tabular">{now === 0 ? `in ${job.timezone}` : `now ${formatClock(now, job.timezone)} in ${job.timezone}`}</span>
    </div>
  );
}
