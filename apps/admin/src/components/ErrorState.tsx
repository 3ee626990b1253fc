'use client';
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '@/api/client';
import { formatClock } from './format';
import classes from './ErrorState.module.css';
import { useZone } from './zone';

/** A part of a page that could not be loaded at all. */
export function ErrorState({ error, onRetry, what = 'This' }: { error: unknown; onRetry?: () => void; what?: string }) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div role="alert" className={classes.error}>
      <IconAlertTriangle size={20} stroke={1.6} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <p className={classes.title}>{titleOf(error, what)}</p>
        <p className={classes.detail}>{error instanceof Error ? error.message : String(error)}</p>
        {requestId !== null && <p className={classes.request}>Request {requestId}</p>}
      </div>
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

function titleOf(error: unknown, what: string): string {
  if (!(error instanceof ApiError)) return `${what} could not be shown`;
  if (error.status === 403) return `You may not see ${what.charAt(0).toLowerCase()}${what.slice(1)}`;
  if (error.status === 404) return `${what} could not be found`;
  return `${what} could not be loaded`;
}

/** Above data that could not be refreshed: it stays, with its age. */
export function StaleNotice({ error, updatedAt, onRetry }: { error: unknown; updatedAt: number; onRetry?: () => void }) {
  const zone = useZone();
  if (error === null || error === undefined) return null;
  return (
    <div role="status" className={classes.stale}>
      <IconAlertTriangle size={14} aria-hidden />
      <span>
        Showing data from <span className="tabular">{`${formatClock(updatedAt, zone)} ${zone}`}</span>: {error instanceof Error ? error.message : 'it could not be refreshed'}
      </span>
      {onRetry !== undefined && (
        <button type="button" className={classes.retry} onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
