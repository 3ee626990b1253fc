import { Button } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import Link from 'next/link';
import { useApiKeys, useAudit } from '@/api/queries/access';
import { useJobs } from '@/api/queries/jobs';
import { SectionCard } from '@/components/SectionCard';
import { useSession } from '@/session/session';
import classes from './overview.module.css';

interface Step {
  readonly title: string;
  readonly detail: string;
  readonly href: string;
  readonly action: string;
  readonly isDone: boolean;
  readonly isAllowed: boolean;
}

/** The first steps of a new installation: until somebody has created a job. Those that Takt brings along have no author. */
export function FirstStepsCard() {
  const newest = useJobs({ sort: '-created', per_page: 1 }).data?.jobs;
  const { can } = useSession();
  if (newest === undefined || newest.some(({ createdBy }) => createdBy !== null)) return null;
  return can('Admin') ? <ForAdmin /> : <Steps hasUsers={false} hasKeys={false} />;
}

/** Only an administrator may look at keys, and at who was invited: accounts that a new installation brings along were not. */
function ForAdmin() {
  const invitations = useAudit({ action: 'user.created', per_page: 1 });
  const keys = useApiKeys(true);
  return <Steps hasUsers={(invitations.data?.pages[0]?.entries.length ?? 0) > 0} hasKeys={(keys.data?.keys.length ?? 0) > 0} />;
}

function Steps({ hasUsers, hasKeys }: { hasUsers: boolean; hasKeys: boolean }) {
  const { can } = useSession();
  const steps: Step[] = [
    { title: 'Create the first job', detail: 'What to run, and when.', href: '/jobs/new', action: 'New job', isDone: false, isAllowed: can('TaskWrite') },
    { title: 'Run it', detail: 'It runs by its schedule, or now from the list of jobs.', href: '/jobs', action: 'Jobs', isDone: false, isAllowed: true },
    { title: 'Invite somebody', detail: 'Viewers look, operators run and change, administrators may do everything.', href: '/settings/users', action: 'Users', isDone: hasUsers, isAllowed: can('Admin') },
    { title: 'Make an API key', detail: 'For scripts and other systems that start jobs.', href: '/settings/api-keys', action: 'API keys', isDone: hasKeys, isAllowed: can('Admin') },
  ];
  return (
    <SectionCard title="First steps" description="Nobody has created a job yet: what runs here belongs to Takt itself." flush>
      <ol className={classes.lines}>
        {steps.map(({ title, detail, href, action, isDone, isAllowed }) => (
          <li key={title} className={classes.line}>
            {isDone ? <IconCircleCheckFilled size={18} className={classes.done} aria-hidden /> : <IconCircle size={18} className={classes.open} aria-hidden />}
            <div className={classes.text}>
              <span className={classes.what}>
                {title}
                {isDone && <span className={classes.muted}> · done</span>}
              </span>
              <span className={classes.detail}>{detail}</span>
            </div>
            {isAllowed && (
              <Button component={Link} href={href} variant={isDone ? 'subtle' : 'default'}>
                {action}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </SectionCard>
  );
}
