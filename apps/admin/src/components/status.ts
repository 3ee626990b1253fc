/** What each status is called, which icon and which colour it has: one source for every page. */
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockX,
  IconBan,
  IconHelpCircle,
  IconHourglass,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlugConnectedX,
  IconPower,
  IconRotateClockwise2,
  IconSend,
  type Icon,
} from '@tabler/icons-react';

/** Names of the colours in `theme/tokens.css`: `--status-<tone>` and `--status-<tone>-soft`. */
export type Tone = 'success' | 'failed' | 'timeout' | 'running' | 'dispatched' | 'pending' | 'cancelled' | 'skipped' | 'warning';

export interface StatusLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: Icon;
}

const look = (word: string, tone: Tone, icon: Icon): StatusLook => ({ word, tone, icon });

const LOOKS: Readonly<Record<string, StatusLook>> = {
  // executions and attempts
  pending: look('Pending', 'pending', IconHourglass),
  retrying: look('Retrying', 'warning', IconRotateClockwise2),
  dispatched: look('Dispatched', 'dispatched', IconSend),
  running: look('Running', 'running', IconPlayerPlay),
  success: look('Succeeded', 'success', IconCircleCheck),
  failed: look('Failed', 'failed', IconCircleX),
  timeout: look('Timed out', 'timeout', IconClockX),
  cancelled: look('Cancelled', 'cancelled', IconBan),
  skipped: look('Skipped', 'skipped', IconPlayerSkipForward),
  lost: look('Lost', 'failed', IconPlugConnectedX),
  // jobs
  enabled: look('Enabled', 'success', IconPower),
  disabled: look('Disabled', 'cancelled', IconPower),
  paused: look('Paused', 'skipped', IconPlayerPause),
  failing: look('Failing', 'failed', IconAlertTriangle),
  late: look('Late', 'warning', IconClockX),
  never_run: look('Never run', 'pending', IconCircleDashed),
  // workers
  alive: look('Alive', 'success', IconCircleCheck),
  draining: look('Draining', 'skipped', IconHourglass),
  clock_skew: look('Clock off', 'warning', IconAlertTriangle),
  stopped: look('Stopped', 'cancelled', IconPower),
  down: look('Down', 'failed', IconCircleX),
  // health
  ok: look('OK', 'success', IconCircleCheck),
  degraded: look('Degraded', 'warning', IconAlertTriangle),
  // things that are on or off
  active: look('Active', 'success', IconCircleCheck),
  inactive: look('Inactive', 'cancelled', IconPower),
  revoked: look('Revoked', 'cancelled', IconBan),
  expired: look('Expired', 'skipped', IconClockX),
};

/** A status that this release does not know is shown as it is. */
export function statusLook(status: string): StatusLook {
  return Object.hasOwn(LOOKS, status) ? (LOOKS[status] ?? unknown(status)) : unknown(status);
}

function unknown(status: string): StatusLook {
  return look(status, 'pending', IconHelpCircle);
}

/** What a run is shown as: its status, or `retrying` when it has run before and waits for its next attempt. */
export function shownStatus({ status, startedAt }: { readonly status: string; readonly startedAt: string | null }): string {
  return startedAt === null ? status : startedStatus(status);
}

/** The same of a run that is known to have started, as a job's last one is. */
export function startedStatus(status: string): string {
  return status === 'pending' ? 'retrying' : status;
}

/** Why an occurrence was skipped, as a half sentence. */
const REASONS: Readonly<Record<string, string>> = {
  overlap: 'the run before was still going',
  missed_window: 'its time had passed',
  coalesced: 'a later occurrence stood in for it',
  paused: 'the job was paused',
  limit: 'the limit of instances was reached',
  dependency_failed: 'a job that it depends on failed',
  superseded: 'a newer run took its place',
};

export function reasonText(reason: string): string {
  return Object.hasOwn(REASONS, reason) ? (REASONS[reason] ?? reason) : reason.replaceAll('_', ' ');
}
