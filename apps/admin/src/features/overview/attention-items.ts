/** The card "Needs attention" as one list, what hurts most first. Pure. */
import type { Attention } from '@/api/contract';
import { firstLine, formatDuration } from '@/components/format';
import { reasonText } from '@/components/status';

export interface AttentionItem {
  readonly key: string;
  /** Name of a status in `components/status.ts`. */
  readonly status: string;
  readonly badge: string;
  readonly name: string;
  readonly href: string;
  readonly detail: string;
  /** When it happened, or will; ISO 8601. */
  readonly at: string | null;
}

export function attentionItems({ overdue, failing, missed, expiringKeys, neverRun }: Attention): AttentionItem[] {
  return [
    ...overdue.map(
      ({ jobId, name, nextRunTime, lateSeconds }): AttentionItem => ({ key: `overdue ${jobId}`, status: 'late', badge: 'Late', name, href: `/jobs/${jobId}`, detail: `${formatDuration(lateSeconds)} behind its time`, at: nextRunTime }),
    ),
    ...failing.map(
      ({ jobId, name, streak, executionId, error, at }): AttentionItem => ({
        key: `failing ${jobId}`,
        status: streak > 1 ? 'failing' : 'failed',
        badge: streak > 1 ? `Failing ×${streak >= 20 ? '20+' : String(streak)}` : 'Failed',
        name,
        href: `/executions/${executionId}`,
        detail: firstLine(error) || 'No message',
        at,
      }),
    ),
    ...missed.map(
      ({ jobId, name, executionId, scheduledFor, reason }): AttentionItem => ({ key: `missed ${jobId}`, status: 'skipped', badge: 'Missed', name, href: `/executions/${executionId}`, detail: reasonText(reason), at: scheduledFor }),
    ),
    ...expiringKeys.map(({ id, name, expiresAt }): AttentionItem => ({ key: `key ${id}`, status: 'expired', badge: 'API key expires', name, href: '/settings/api-keys?whose=all', detail: '', at: expiresAt })),
    ...neverRun.map(({ jobId, name, createdAt }): AttentionItem => ({ key: `never ${jobId}`, status: 'never_run', badge: 'Never run', name, href: `/jobs/${jobId}`, detail: 'Its time has come, and nothing of it has ever run', at: createdAt })),
  ];
}
