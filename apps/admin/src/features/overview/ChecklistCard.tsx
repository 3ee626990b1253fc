import { Button, CloseButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import Link from 'next/link';
import { useApiKeys, useAudit } from '@/api/queries/access';
import { useJobs } from '@/api/queries/jobs';
import { SectionCard } from '@/components/SectionCard';
import { useSession } from '@/session/session';
import { firstSteps, progressText, type Installation } from './first-steps';
import classes from './overview.module.css';

/** Who has that many jobs of their own, none of which has run, or that many accounts from a directory, needs no first steps. */
const NEWEST = 20;

/** The first steps of a new installation: until all are done, or whoever looks has seen enough of them. */
export function FirstStepsCard() {
  const [isDismissed, setIsDismissed] = useLocalStorage({ key: 'takt.first-steps-dismissed', defaultValue: false, getInitialValueInEffect: false });
  return isDismissed ? null : <Open onDismiss={() => { setIsDismissed(true); }} />;
}

function Open({ onDismiss }: { onDismiss: () => void }) {
  const newest = useJobs({ sort: '-created', per_page: NEWEST }).data?.jobs;
  const { can } = useSession();
  if (newest === undefined) return null;
  return can('Admin') ? <ForAdmin newest={newest} onDismiss={onDismiss} /> : <Steps newest={newest} access={null} onDismiss={onDismiss} />;
}

/** Only an administrator may look at keys, and at who was invited: accounts that a new installation brings along were not. Nothing is shown before they are known: it might be nothing. */
function ForAdmin({ newest, onDismiss }: { newest: Installation['newest']; onDismiss: () => void }) {
  const invitations = useAudit({ action: 'user.created', per_page: NEWEST }).data?.pages[0]?.entries.filter(({ actor }) => actor.type !== 'system');
  const keys = useApiKeys(true).data?.keys;
  if (invitations === undefined || keys === undefined) return null;
  return <Steps newest={newest} access={{ hasInvited: invitations.length > 0, hasKeys: keys.length > 0 }} onDismiss={onDismiss} />;
}

function Steps({ newest, access, onDismiss }: Pick<Installation, 'newest' | 'access'> & { onDismiss: () => void }) {
  const { can } = useSession();
  const steps = firstSteps({ newest, access, mayWrite: can('TaskWrite') });
  if (steps.every(({ isDone }) => isDone)) return null;
  return (
    <SectionCard title="First steps" description={progressText(steps)} flush actions={<CloseButton size={24} aria-label="Dismiss the first steps" onClick={onDismiss} />}>
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
