'use client';
import { Countdown } from './Instant';
import classes from './RunStatus.module.css';
import { StatusBadge } from './StatusBadge';
import { shownStatus } from './status';

export interface RunStatusProps {
  run: { readonly status: string; readonly startedAt: string | null; readonly attempt: number; readonly maxAttempts: number; readonly nextAttemptAt: string | null };
  /** Of the job. */
  timeZone?: string;
  /** Without the tinted ground, for dense tables. */
  plain?: boolean;
}

/** The status of a run; of one that is tried again also which attempt comes, of how many, and when. */
export function RunStatus({ run, timeZone, plain = false }: RunStatusProps) {
  const status = shownStatus(run);
  const badge = <StatusBadge plain={plain} status={status} />;
  if (status !== 'retrying') return badge;
  return (
    <span className={classes.status}>
      {badge}
      <span className={classes.next}>
        {`attempt ${String(run.attempt + 1)} of ${String(run.maxAttempts)} `}
        <Countdown at={run.nextAttemptAt} {...(timeZone === undefined ? {} : { timeZone })} empty="soon" />
      </span>
    </span>
  );
}
