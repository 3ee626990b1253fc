'use client';
import { Tooltip } from '@mantine/core';
import { useNow } from './clock';
import { formatCountdown, formatInstant, formatRelative, formatZoned } from './format';
import { useZone } from './zone';

export interface InstantProps {
  /** ISO 8601; null shows `empty`. */
  at: string | null;
  /** Zone of the job that it belongs to. */
  timeZone?: string;
  /** `relative` (`4 min ago`) or `absolute` (`2026-11-20 14:05:09`). @default 'relative' */
  show?: 'relative' | 'absolute';
  /** @default '–' */
  empty?: React.ReactNode;
}

/** An instant; the tooltip has it in the chosen zone and in UTC. */
export function Instant({ at, timeZone, show = 'relative', empty = '–' }: InstantProps) {
  const zone = useZone(timeZone);
  const now = useNow();
  if (at === null) return <>{empty}</>;
  const text = show === 'absolute' || now === 0 ? formatInstant(at, zone) : formatRelative(Date.parse(at), now);
  return (
    <ExactTime at={at} zone={zone}>
      {text}
    </ExactTime>
  );
}

/** Counts down to a coming instant, and says by how much it is late when it has passed. */
export function Countdown({ at, timeZone, empty = '–' }: Omit<InstantProps, 'show'>) {
  const zone = useZone(timeZone);
  const now = useNow();
  if (at === null) return <>{empty}</>;
  return (
    <ExactTime at={at} zone={zone}>
      {now === 0 ? formatInstant(at, zone) : formatCountdown(Date.parse(at), now)}
    </ExactTime>
  );
}

function ExactTime({ at, zone, children }: { at: string; zone: string; children: React.ReactNode }) {
  const utc = formatZoned(at, 'UTC');
  return (
    <Tooltip label={<span className="tabular">{zone === 'UTC' ? utc : <>{formatZoned(at, zone)}<br />{utc}</>}</span>}>
      <time dateTime={at} className="tabular" style={{ whiteSpace: 'nowrap' }} suppressHydrationWarning>
        {children}
      </time>
    </Tooltip>
  );
}
