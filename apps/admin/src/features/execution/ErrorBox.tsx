'use client';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ExecutionDetail } from '@/api/types';
import { CopyButton } from '@/components/CopyButton';
import { firstLine } from '@/components/format';
import classes from './ErrorBox.module.css';

/** What went wrong, before everything else: its first line, the rest on demand, and all of it to copy. */
export function ErrorBox({ execution }: { execution: ExecutionDetail }) {
  const { errorMessage, attempt, maxAttempts, nextAttemptAt } = execution;
  if (errorMessage === null) return null;
  const line = firstLine(errorMessage);
  const hasMore = errorMessage.trim() !== line;
  return (
    <section className={classes.box} aria-label="Error">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <p className={classes.line}>{line}</p>
        <p className={classes.note}>
          {nextAttemptAt === null ? `In attempt ${String(attempt)} of at most ${String(maxAttempts)}` : `Attempt ${String(attempt)} of at most ${String(maxAttempts)}; it will be tried again`}
        </p>
        {hasMore && (
          <details className={classes.more}>
            <summary>The whole message</summary>
            <pre tabIndex={0} role="region" aria-label="The whole error message">
              {errorMessage}
            </pre>
          </details>
        )}
      </div>
      <CopyButton value={reportOf(execution)} what="the error" />
    </section>
  );
}

/** For an issue or a chat: which run it was, and what it said. */
function reportOf({ jobName, number, id, errorMessage, exitCode, workerName, startedAt }: ExecutionDetail): string {
  const facts = [`execution ${id}`, startedAt === null ? null : `started ${startedAt}`, workerName === null ? null : `on ${workerName}`, exitCode === null ? null : `exit code ${String(exitCode)}`];
  return `${jobName} #${String(number)}\n${facts.filter((fact) => fact !== null).join(', ')}\n\n${errorMessage ?? ''}\n`;
}
