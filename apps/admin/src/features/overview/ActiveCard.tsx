import { ActionIcon, Progress, Tooltip } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useCancelExecution } from '@/api/queries/execution-changes';
import { useExecutions } from '@/api/queries/executions';
import { useJobs } from '@/api/queries/jobs';
import type { Execution, Job } from '@/api/types';
import { useNow } from '@/components/clock';
import { Elapsed } from '@/components/Duration';
import { tellDone, tellError } from '@/components/feedback';
import { formatCount, formatDuration } from '@/components/format';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import { Guarded } from '@/session/Guarded';
import { progressOf } from './figures';
import { LinesSkeleton } from './LinesSkeleton';
import classes from './overview.module.css';

const SHOWN = 8;
/** Limits and usual durations come from the jobs that run; of a hundred at once we show the time alone for the rest. */
const JOBS_ASKED = 100;

export function ActiveCard() {
  const running = useExecutions({ status: 'dispatched,running', per_page: SHOWN });
  const jobs = useJobs({ status: 'running', per_page: JOBS_ASKED, include: 'recent' });
  const byId = new Map(jobs.data?.jobs.map((job) => [job.id, job]));
  const total = running.data?.total ?? 0;
  return (
    <SectionCard
      title="Active now"
      flush
      actions={total > SHOWN && <TextLink href="/executions?status=dispatched,running&range=30d">All {formatCount(total)}</TextLink>}
    >
      <QueryView query={running} what="What runs" loading={<LinesSkeleton lines={3} />}>
        {({ executions }) =>
          executions.length === 0 ? (
            <p className={classes.well}>Nothing runs at the moment.</p>
          ) : (
            <ul className={classes.lines}>
              {executions.map((execution) => (
                <Active key={execution.id} execution={execution} job={byId.get(execution.jobId)} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </SectionCard>
  );
}

function Active({ execution, job }: { execution: Execution; job: Job | undefined }) {
  const now = useNow();
  const progress = now === 0 ? null : progressOf(execution, job, now);
  return (
    <li className={classes.line}>
      <div className={classes.text}>
        <span className={classes.head}>
          <TextLink strong href={`/executions/${execution.id}`}>
            {execution.jobName}
          </TextLink>
          {execution.status !== 'running' && <StatusBadge plain status={execution.status} />}
          {execution.attempt > 1 && <span className={classes.muted}>{`attempt ${String(execution.attempt)} of ${String(execution.maxAttempts)}`}</span>}
        </span>
        <span className={classes.detail}>
          {execution.status !== 'running' ? 'Waits for a worker' : progress === null ? <Elapsed since={execution.startedAt} /> : timeText(progress, job)}
          {execution.workerName !== null && ` · ${execution.workerName}`}
        </span>
        <Progress
          size={4}
          mt={4}
          value={(progress?.share ?? 0) * 100}
          color={progress?.of === 'timeout' && progress.share > 0.9 ? 'var(--status-timeout)' : 'var(--status-running)'}
          aria-label={`${execution.jobName}: ${progress?.of === 'reported' ? 'progress' : 'time used of its limit'}`}
        />
      </div>
      <Cancel execution={execution} />
    </li>
  );
}

function timeText({ elapsedSeconds, remainingSeconds, of, share }: NonNullable<ReturnType<typeof progressOf>>, job: Job | undefined): string {
  const elapsed = formatDuration(Math.floor(elapsedSeconds));
  const limit = job === undefined ? '' : ` of at most ${formatDuration(job.timeoutSeconds)}`;
  const reported = of === 'reported' ? ` · ${String(Math.round(share * 100))} % done` : '';
  const left = remainingSeconds === null ? '' : ` · about ${formatDuration(Math.ceil(remainingSeconds))} left`;
  return `${elapsed}${limit}${reported}${left}`;
}

function Cancel({ execution }: { execution: Execution }) {
  const { mutateAsync, isPending } = useCancelExecution();
  if (execution.cancelRequestedAt !== null) return <span className={classes.muted}>Cancelling…</span>;
  const cancel = () => {
    mutateAsync({ id: execution.id }).then(
      () => { tellDone(`Asked “${execution.jobName}” to stop.`); },
      (error: unknown) => { tellError(`“${execution.jobName}” was not cancelled`, error); },
    );
  };
  return (
    <Guarded needs="TaskWrite">
      <CancelButton label={`Cancel ${execution.jobName} #${String(execution.number)}`} isPending={isPending} onClick={cancel} />
    </Guarded>
  );
}

function CancelButton({ label, isPending, onClick, disabled = false }: { label: string; isPending: boolean; onClick: () => void; disabled?: boolean }) {
  return (
    <Tooltip label="Cancel" disabled={disabled}>
      <ActionIcon aria-label={label} loading={isPending} disabled={disabled} onClick={onClick}>
        <IconPlayerStop size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
