import type { JobDetail, LinkedJob } from '@/api/types';
import { SectionCard } from '@/components/SectionCard';
import { startedStatus } from '@/components/status';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import classes from './JobPage.module.css';

/** Jobs that this one waits for, and jobs that wait for it. Nothing when there are none. */
export function Dependencies({ job }: { job: JobDetail }) {
  if (job.dependsOn.length === 0 && job.dependents.length === 0) return null;
  return (
    <SectionCard title="Dependencies">
      <div className={classes.column}>
        <Links title="Runs after" jobs={job.dependsOn} none="Waits for no job." />
        <Links title="Before" jobs={job.dependents} none="No job waits for it." />
      </div>
    </SectionCard>
  );
}

function Links({ title, jobs, none }: { title: string; jobs: readonly LinkedJob[]; none: string }) {
  return (
    <div>
      <p className={classes.muted}>{title}</p>
      {jobs.length === 0 ? (
        <p className={classes.muted}>{none}</p>
      ) : (
        <ul className={classes.linked}>
          {jobs.map(({ id, name, lastStatus }) => (
            <li key={id}>
              <TextLink strong href={`/jobs/${id}`}>
                {name}
              </TextLink>
              {lastStatus !== null && <StatusBadge plain status={startedStatus(lastStatus)} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
