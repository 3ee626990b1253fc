'use client';
import { Skeleton } from '@mantine/core';
import dynamic from 'next/dynamic';
import { parseAsInteger, useQueryState } from 'nuqs';
import { useExecution } from '@/api/queries/executions';
import type { ExecutionDetail } from '@/api/types';
import { CopyButton } from '@/components/CopyButton';
import { Duration, Elapsed } from '@/components/Duration';
import { shortId } from '@/components/format';
import { Instant } from '@/components/Instant';
import { isMissing } from '@/components/ids';
import { isLive } from '@/components/live-status';
import { NoSuchThing } from '@/components/NoSuchThing';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { RunStatus } from '@/components/RunStatus';
import { SectionCard } from '@/components/SectionCard';
import { reasonText } from '@/components/status';
import { TextLink } from '@/components/TextLink';
import { AttemptsTimeline } from './AttemptsTimeline';
import { ErrorBox } from './ErrorBox';
import { ExecutionActions } from './ExecutionActions';
import classes from './ExecutionPage.module.css';
import { ExecutionSide } from './ExecutionSide';

const LogViewer = dynamic(() => import('./LogViewer').then((module) => module.LogViewer), {
  ssr: false,
  loading: () => (
    <SectionCard title="Log">
      <Skeleton height={320} />
    </SectionCard>
  ),
});

/** One run of a job: how it went, what it printed, what came out. */
export function ExecutionPage({ id }: { id: string }) {
  const execution = useExecution(id);
  const { data } = execution;
  if (isMissing(execution)) return <NoSuchThing kind="execution" />;
  return (
    <>
      <PageHeader
        key={id}
        title={data === undefined ? 'Execution' : `${data.jobName} #${String(data.number)}`}
        badge={data && <RunStatus run={data} timeZone={data.job.timezone} />}
        subtitle={data && <Subtitle execution={data} />}
        actions={data && <ExecutionActions execution={data} />}
      />
      <QueryView query={execution} what="The execution" loading={<Loading />}>
        {(detail) => <Body key={id} execution={detail} />}
      </QueryView>
    </>
  );
}

function Body({ execution }: { execution: ExecutionDetail }) {
  const [attempt, setAttempt] = useQueryState('attempt', parseAsInteger);
  const select = (next: number | null) => void setAttempt(next);
  return (
    <div className={classes.body}>
      <ErrorBox execution={execution} />
      {execution.status === 'skipped' ? (
        <SectionCard title="Not run">{execution.reason === null ? 'This occurrence was skipped.' : `Skipped: ${reasonText(execution.reason)}.`}</SectionCard>
      ) : (
        <AttemptsTimeline execution={execution} selected={attempt} onSelect={select} />
      )}
      <div className={classes.columns}>
        <div className={classes.log}>
          {execution.status !== 'skipped' && (
            <LogViewer executionId={execution.id} isLive={isLive(execution.status)} attempt={attempt} attempts={execution.attempts.length} onAttempt={select} jobZone={execution.job.timezone} />
          )}
        </div>
        <div className={classes.side}>
          <ExecutionSide execution={execution} />
        </div>
      </div>
    </div>
  );
}

function Subtitle({ execution }: { execution: ExecutionDetail }) {
  return (
    <span className={classes.subtitle}>
      <span>
        <TextLink href={`/jobs/${execution.jobId}`}>To its job</TextLink>
      </span>
      <span className={classes.id}>
        <span className="mono">{shortId(execution.id)}</span>
        <CopyButton value={execution.id} what="the execution's id" />
      </span>
      <span>{execution.startedAt === null ? <>planned <Instant at={execution.scheduledFor} timeZone={execution.job.timezone} /></> : <>started <Instant at={execution.startedAt} timeZone={execution.job.timezone} /></>}</span>
      <Took execution={execution} />
    </span>
  );
}

/** Of the last attempt; with retries that is said, and how long all of it took. */
function Took({ execution: { status, attempt, attempts, startedAt, completedAt, durationSeconds } }: { execution: ExecutionDetail }) {
  const isRetried = attempt > 1;
  if (status === 'running') return <span>{isRetried ? `attempt ${String(attempt)} running for ` : 'running for '}<Elapsed since={attempts.at(-1)?.startedAt ?? startedAt} /></span>;
  if (durationSeconds === null) return null;
  if (!isRetried || startedAt === null || completedAt === null) return <span>took <Duration seconds={durationSeconds} /></span>;
  return (
    <span>
      last attempt took <Duration seconds={durationSeconds} />, with retries <Duration seconds={(Date.parse(completedAt) - Date.parse(startedAt)) / 1_000} />
    </span>
  );
}

function Loading() {
  return (
    <div className={classes.body}>
      <Skeleton height={118} />
      <div className={classes.columns}>
        <div className={classes.log}><Skeleton height={420} /></div>
        <div className={classes.side}><Skeleton height={300} /></div>
      </div>
    </div>
  );
}
