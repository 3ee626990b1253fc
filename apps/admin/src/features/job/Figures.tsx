import type { JobDetail } from '@/api/types';
import { formatCount, formatDuration, formatPercent } from '@/components/format';
import { Instant } from '@/components/Instant';
import classes from './JobPage.module.css';

/**
 * How the job has been doing. Median and p95 are of its last 200 ended runs. Durations of runs with retries are of the whole, from
 * the first start to the end; lists and charts of runs have those of the last attempts.
 */
export function Figures({ job }: { job: JobDetail }) {
  const { statistics: s, timezone } = job;
  const retries = job.retryCount > 0 ? ' with retries' : '';
  const rows: [name: string, value: React.ReactNode, note: React.ReactNode][] = [
    ['Success rate', formatPercent(s.successRate, 2), `${formatCount(s.succeeded)} of ${formatCount(s.succeeded + s.failed)}`],
    ['Runs, 24 h', formatCount(s.last24Hours), `${formatCount(s.last7Days)} in 7 d, ${formatCount(s.last30Days)} in 30 d`],
    [`Median${retries}`, formatDuration(s.medianDurationSeconds), `${formatDuration(s.averageDurationSeconds)} on average`],
    [`95 %${retries}`, formatDuration(s.p95DurationSeconds), `${formatDuration(s.minDurationSeconds)} to ${formatDuration(s.maxDurationSeconds)}`],
    ['Last success', <Instant key="success" at={s.lastSuccessAt} timeZone={timezone} empty="Never" />, null],
    ['Last failure', <Instant key="failure" at={s.lastFailureAt} timeZone={timezone} empty="Never" />, job.failureStreak > 1 ? `${String(job.failureStreak)} in a row now` : null],
  ];
  return (
    <dl className={classes.figures} aria-label="Statistics">
      {rows.map(([name, value, note]) => (
        <div key={name} className={classes.figure}>
          <dt>{name}</dt>
          <dd>
            {value}
            <small>{note ?? '\u00a0'}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
