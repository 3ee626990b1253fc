'use client';
import { Progress } from '@mantine/core';
import type { ExecutionDetail } from '@/api/types';
import { CopyButton } from '@/components/CopyButton';
import { Duration } from '@/components/Duration';
import { formatBytes, formatInstant, formatShare } from '@/components/format';
import { Countdown } from '@/components/Instant';
import { JsonView } from '@/components/JsonView';
import { Properties } from '@/components/Properties';
import { SectionCard } from '@/components/SectionCard';
import { TextLink } from '@/components/TextLink';
import { useZone } from '@/components/zone';
import { triggerWord } from '@/components/execution-words';
import classes from './ExecutionPage.module.css';

/** Everything about one execution that is no output. */
export function ExecutionSide({ execution }: { execution: ExecutionDetail }) {
  const zone = useZone(execution.job.timezone);
  return (
    <>
      <SectionCard title="Details">
        <Properties rows={rowsOf(execution)} />
      </SectionCard>
      <SectionCard title="Times" description={zone === 'UTC' ? 'UTC' : `${zone} and UTC`}>
        <Properties
          rows={[
            ['Planned for', <Both key="p" at={execution.scheduledFor} zone={zone} />],
            ['Created', <Both key="c" at={execution.createdAt} zone={zone} />],
            ['Started', <Both key="s" at={execution.startedAt} zone={zone} />],
            ['Finished', <Both key="f" at={execution.completedAt} zone={zone} />],
            ...(execution.cancelRequestedAt === null ? [] : [['Cancel requested', <Both key="x" at={execution.cancelRequestedAt} zone={zone} />] as const]),
          ]}
        />
      </SectionCard>
      <SectionCard title="Arguments">
        <JsonView value={execution.taskArgs} what="arguments as JSON" />
      </SectionCard>
      <SectionCard title="Result">
        <JsonView value={execution.result} what="result as JSON" empty={execution.completedAt === null ? 'Not yet' : 'None'} />
      </SectionCard>
    </>
  );
}

function rowsOf(execution: ExecutionDetail): (readonly [string, React.ReactNode])[] {
  const { progress, nextAttemptAt, workerId, workerName } = execution;
  return [
    ...(progress === null ? [] : [['Progress', <ProgressBar key="b" share={progress} />] as const]),
    ...(nextAttemptAt === null ? [] : [['Next attempt', <Countdown key="n" at={nextAttemptAt} timeZone={execution.job.timezone} />] as const]),
    ['Trigger', `${triggerWord(execution.triggeredBy)}${execution.triggeredByName === null ? '' : ` by ${execution.triggeredByName}`}`],
    ['Task function', execution.taskFunction],
    ['Queue', execution.queue],
    ['Worker', workerId === null ? '–' : <TextLink key="w" href={`/workers/${workerId}`}>{workerName ?? workerId}</TextLink>],
    ['Waited', <Duration key="q" seconds={execution.queueWaitSeconds} />],
    ['Exit code', <span key="e" className="tabular">{execution.exitCode ?? '–'}</span>],
    ['Memory, peak', <span key="m" className="tabular">{formatBytes(execution.peakMemoryBytes)}</span>],
    ['Memory, average', <span key="a" className="tabular">{formatBytes(execution.averageMemoryBytes)}</span>],
    ['Execution', <Id key="i" value={execution.id} what="the execution's id" />],
    ['Queue job', execution.celeryTaskId === null ? '–' : <Id key="t" value={execution.celeryTaskId} what="the queue job's id" />],
  ];
}

/** @param share from 0 to 1, as the task reports it */
function ProgressBar({ share }: { share: number }) {
  return (
    <span className={classes.progress}>
      <Progress value={share * 100} w={96} size="sm" aria-label="Progress" />
      <span className="tabular">{formatShare(share)}</span>
    </span>
  );
}

function Id({ value, what }: { value: string; what: string }) {
  return (
    <span className={classes.id}>
      <span className="mono">{value}</span>
      <CopyButton value={value} what={what} />
    </span>
  );
}

/** In a zone and in UTC, to the millisecond. */
function Both({ at, zone }: { at: string | null; zone: string }) {
  if (at === null) return <>–</>;
  const fraction = `.${at.slice(20, 23)}`;
  return (
    <time dateTime={at} className={`tabular ${classes.both ?? ''}`}>
      {zone !== 'UTC' && <span>{`${formatInstant(at, zone)}${fraction}`}</span>}
      <span className={zone === 'UTC' ? undefined : classes.faint}>{`${formatInstant(at, 'UTC')}${fraction} UTC`}</span>
    </time>
  );
}
