'use client';
import { Button, Skeleton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useAudit } from '@/api/queries/access';
import type { AuditEntry, JobDetail } from '@/api/types';
import { NothingYet } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Instant } from '@/components/Instant';
import { SectionCard } from '@/components/SectionCard';
import { actionText, memberChanges } from './changes';
import classes from './JobPage.module.css';

/** Who changed the job, when, and from what to what. */
export function Changes({ job }: { job: JobDetail }) {
  const audit = useAudit({ object_type: 'job', object_id: job.id, per_page: 20 });
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className={classes.panel}>
      <SectionCard title="Changes" flush>
        {audit.data === undefined ? (
          audit.isError ? <ErrorState error={audit.error} what="The changes" onRetry={() => void audit.refetch()} /> : <Skeleton height={240} radius={0} />
        ) : entries.length === 0 ? (
          <NothingYet icon={IconHistory} title="No changes are recorded">What people and programs change is listed here.</NothingYet>
        ) : (
          <ul className={classes.entries}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} timezone={job.timezone} />
            ))}
          </ul>
        )}
        {audit.hasNextPage && (
          <div className={classes.diff}>
            <Button variant="default" w="fit-content" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
              Older changes
            </Button>
          </div>
        )}
      </SectionCard>
    </div>
  );
}

function Entry({ entry, timezone }: { entry: AuditEntry; timezone: string }) {
  const isCreation = entry.details?.['before'] === undefined;
  const changes = memberChanges(entry);
  return (
    <li className={classes.entry}>
      <div className={classes.entryHead}>
        <b>{actionText(entry.action)}</b>
        <span>by {entry.actor.name ?? entry.actor.type}</span>
        <span className={classes.muted}>
          <Instant at={entry.at} timeZone={timezone} />
        </span>
        {entry.ipAddress !== null && <span className={classes.muted}>from {entry.ipAddress}</span>}
      </div>
      {changes.length > 0 && isCreation && (
        <details>
          <summary>{`${String(changes.length)} members`}</summary>
          <Members changes={changes} />
        </details>
      )}
      {changes.length > 0 && !isCreation && <Members changes={changes} />}
    </li>
  );
}

function Members({ changes }: { changes: ReturnType<typeof memberChanges> }) {
  return (
    <div className={classes.members}>
      {changes.map(({ member, before, after }) => (
        <div key={member} style={{ display: 'contents' }}>
          <span>{member}</span>
          <span>{before !== undefined && <del>{before}</del>}</span>
          <span>{after !== undefined && <ins>{after}</ins>}</span>
        </div>
      ))}
    </div>
  );
}
