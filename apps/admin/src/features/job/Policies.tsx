import type { JobDetail } from '@/api/types';
import { Properties } from '@/components/Properties';
import { SectionCard } from '@/components/SectionCard';
import classes from './JobPage.module.css';
import { policiesOf } from '@/components/policies';

/** The settings that hold; those that somebody set are strong and say what the default would be. */
export function Policies({ job }: { job: JobDetail }) {
  return (
    <SectionCard title="Policies" description="Strong where they are not the default.">
      <Properties
        rows={policiesOf(job).map(({ name, value, fallback, isOverridden }) => [
          name,
          isOverridden ? (
            <span key={name}>
              <b>{value}</b> <span className={classes.faint}>default {fallback}</span>
            </span>
          ) : (
            value
          ),
        ])}
      />
    </SectionCard>
  );
}
