import { useExecutions } from '@/api/queries/executions';
import { firstLine } from '@/components/format';
import { Instant } from '@/components/Instant';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import { LinesSkeleton } from './LinesSkeleton';
import classes from './overview.module.css';

const STATUSES = 'failed,timeout';
const SHOWN = 10;

export function RecentFailuresCard() {
  const failures = useExecutions({ status: STATUSES, per_page: SHOWN });
  return (
    <SectionCard title="Recent failures" flush actions={<TextLink href={`/executions?status=${STATUSES}&range=30d`}>Failures of 30 days</TextLink>}>
      <QueryView query={failures} what="The failures" loading={<LinesSkeleton lines={SHOWN} />}>
        {({ executions }) =>
          executions.length === 0 ? (
            <p className={classes.well}>No run has failed.</p>
          ) : (
            <ul className={classes.lines}>
              {executions.map((execution) => (
                <li key={execution.id} className={classes.line}>
                  <div className={classes.text}>
                    <span className={classes.head}>
                      <TextLink strong href={`/executions/${execution.id}`}>
                        {execution.jobName}
                      </TextLink>
                    </span>
                    <span className={`${classes.detail ?? ''} mono`}>{firstLine(execution.errorMessage) || 'No message'}</span>
                  </div>
                  <div className={classes.side}>
                    <StatusBadge plain status={execution.status} />
                    <span className={classes.muted}>
                      <Instant at={execution.completedAt ?? execution.scheduledFor} />
                    </span>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </SectionCard>
  );
}
