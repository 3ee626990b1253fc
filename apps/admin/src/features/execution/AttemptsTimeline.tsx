'use client';
import type { ExecutionDetail } from '@/api/types';
import { useWorkers } from '@/api/queries/platform';
import { useNow } from '@/components/clock';
import { Duration } from '@/components/Duration';
import { firstLine, formatDuration, shortId } from '@/components/format';
import { Instant } from '@/components/Instant';
import { SectionCard } from '@/components/SectionCard';
import { statusLook } from '@/components/status';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import { secondsOf, stretchesOf, type Stretch } from './attempts';
import classes from './AttemptsTimeline.module.css';

export interface AttemptsTimelineProps {
  execution: ExecutionDetail;
  selected: number | null;
  /** Null shows all of the log. */
  onSelect: (attempt: number | null) => void;
}

/** Queued, run, wait, run again: how long each took. Choosing an attempt shows its part of the log. */
export function AttemptsTimeline({ execution, selected, onSelect }: AttemptsTimelineProps) {
  const now = useNow();
  const stretches = stretchesOf(execution);
  const seconds = stretches.map((stretch) => secondsOf(stretch, now));
  const longest = Math.max(0.001, ...seconds);
  return (
    <SectionCard title="Attempts" description={`${String(execution.attempts.length)} of at most ${String(execution.maxAttempts)}`} flush>
      <ol className={classes.bar} aria-label="Course of the execution">
        {stretches.map((stretch, at) => (
          // The square root keeps short stretches visible beside long ones.
          <li key={`${stretch.kind}${String(stretch.attempt)}${stretch.from}`} style={{ flexGrow: Math.max(0.08, Math.sqrt((seconds[at] ?? 0) / longest)) }}>
            <Segment stretch={stretch} seconds={seconds[at] ?? 0} isSelected={stretch.kind === 'run' && stretch.attempt === selected} onSelect={onSelect} />
          </li>
        ))}
      </ol>
      <Attempts execution={execution} selected={selected} onSelect={onSelect} />
    </SectionCard>
  );
}

function Segment({ stretch, seconds, isSelected, onSelect }: { stretch: Stretch; seconds: number; isSelected: boolean; onSelect: (attempt: number | null) => void }) {
  const { kind, attempt, status } = stretch;
  const word = kind === 'queued' ? 'Queued' : kind === 'wait' ? 'Waits to try again' : `Attempt ${String(attempt)}`;
  const length = `${formatDuration(seconds)}${stretch.to === null ? ' so far' : ''}`;
  if (status === null) {
    return (
      <span className={classes.segment} data-kind={kind} title={`${word}: ${length}`}>
        <span className={classes.word}>{kind === 'wait' ? 'Wait' : word}</span>
        <span className={classes.length}>{length}</span>
      </span>
    );
  }
  const { tone, word: statusWord, icon: Icon } = statusLook(status);
  return (
    <button
      type="button"
      className={classes.segment}
      data-kind="run"
      aria-pressed={isSelected}
      aria-label={`${word}: ${statusWord}, ${length}. Show only its log`}
      title={`${word}: ${statusWord}, ${length}`}
      style={{ '--tone': `var(--status-${tone})`, '--soft': `var(--status-${tone}-soft)` }}
      onClick={() => { onSelect(isSelected ? null : attempt); }}
    >
      <span className={classes.word}>
        <Icon size={13} stroke={2} aria-hidden />
        {word}
      </span>
      <span className={classes.length}>{length}</span>
    </button>
  );
}

function Attempts({ execution, selected, onSelect }: AttemptsTimelineProps) {
  const workers = useWorkers({ per_page: 100 }).data?.workers ?? [];
  const nameOf = (id: string) => (id === execution.workerId ? execution.workerName : null) ?? workers.find((worker) => worker.id === id)?.name ?? shortId(id);
  if (execution.attempts.length === 0) return null;
  return (
    <ul className={classes.list}>
      {execution.attempts.map(({ attempt, status, startedAt, durationSeconds, workerId, exitCode, errorMessage }) => (
        <li key={attempt} className={classes.attempt} data-selected={attempt === selected || undefined}>
          <button type="button" className={classes.name} aria-pressed={attempt === selected} onClick={() => { onSelect(attempt === selected ? null : attempt); }}>
            Attempt {attempt}
          </button>
          <StatusBadge plain status={status} />
          <span><Instant at={startedAt} show="absolute" timeZone={execution.job.timezone} /></span>
          <Duration seconds={durationSeconds} />
          {workerId !== null && <TextLink href={`/workers/${workerId}`}>{nameOf(workerId)}</TextLink>}
          {exitCode !== null && <span className="tabular">exit code {exitCode}</span>}
          {errorMessage !== null && <span className={classes.error}>{firstLine(errorMessage)}</span>}
        </li>
      ))}
    </ul>
  );
}
