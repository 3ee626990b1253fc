import Link from 'next/link';
import type { HealthCheck } from '@/api/types';
import { useHealth } from '@/api/queries/platform';
import { Instant } from '@/components/Instant';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { LinesSkeleton } from './LinesSkeleton';
import classes from './overview.module.css';

const NAMES: Readonly<Record<HealthCheck['name'], { name: string; href: string | null }>> = {
  api: { name: 'API', href: null },
  database: { name: 'Database', href: null },
  queue: { name: 'Queue store', href: '/queues' },
  scheduler: { name: 'Scheduler', href: '/scheduler' },
  workers: { name: 'Workers', href: '/workers' },
};

export function HealthCard() {
  const health = useHealth();
  return (
    <SectionCard title="Health" flush actions={health.data && <StatusBadge status={health.data.status} />}>
      <QueryView query={health} what="The health" loading={<LinesSkeleton lines={5} />}>
        {({ checks }) => (
          <ul className={classes.lines}>
            {checks.map((check) => (
              <Check key={check.name} check={check} />
            ))}
          </ul>
        )}
      </QueryView>
    </SectionCard>
  );
}

function Check({ check: { name, status, message, since } }: { check: HealthCheck }) {
  const { name: word, href } = NAMES[name];
  return (
    <li className={classes.line}>
      <div className={classes.text}>
        {href === null ? <span className={classes.what}>{word}</span> : <Link href={href} className={classes.what} prefetch={false}>{word}</Link>}
        <span className={classes.detail} data-bad={status !== 'ok' || undefined}>
          {message}
          {since !== null && <> · since <Instant at={since} /></>}
        </span>
      </div>
      <StatusBadge plain status={status} />
    </li>
  );
}
