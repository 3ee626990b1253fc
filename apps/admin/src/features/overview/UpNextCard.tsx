import { useJobs } from '@/api/queries/jobs';
import { Countdown } from '@/components/Instant';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { TextLink } from '@/components/TextLink';
import { LinesSkeleton } from './LinesSkeleton';
import classes from './overview.module.css';

const SHOWN = 10;

export function UpNextCard() {
  const jobs = useJobs({ status: 'enabled', sort: 'next_run', per_page: SHOWN });
  return (
    <SectionCard title="Up next" flush actions={<TextLink href="/jobs?status=enabled&sort=next_run">Jobs by next run</TextLink>}>
      <QueryView query={jobs} what="What is up next" loading={<LinesSkeleton lines={SHOWN} />}>
        {({ jobs: found }) => {
          const coming = found.filter(({ nextRunTime }) => nextRunTime !== null);
          if (coming.length === 0) return <p className={classes.well}>No job is due to run.</p>;
          return (
            <ul className={classes.lines}>
              {coming.map((job) => (
                <li key={job.id} className={classes.line}>
                  <div className={classes.text}>
                    <span className={classes.head}>
                      <TextLink strong href={`/jobs/${job.id}`}>
                        {job.name}
                      </TextLink>
                    </span>
                    <span className={classes.detail}>{job.scheduleText}</span>
                  </div>
                  <Countdown at={job.nextRunTime} timeZone={job.timezone} />
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
    </SectionCard>
  );
}
