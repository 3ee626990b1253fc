'use client';
import { IconClockExclamation } from '@tabler/icons-react';
import { useNow } from '../clock';
import { formatCountdown, formatInstant } from '../format';
import { Instant } from '../Instant';
import { useBrowserZone } from '../zone';
import type { ClockChangeNote } from './clock-changes';
import { dstNote, localText, previewDistance, type Fire } from './fires';
import { WarningList } from '../WarningList';
import classes from './FireTimes.module.css';

export interface FireTimesProps {
  fires: readonly Fire[];
  /** Zone of the schedule. */
  timezone: string;
  label: string;
  /** The zone's own clock only: for places beside something. */
  compact?: boolean;
  /** Of a schedule that nothing fires by yet: none of its times can be late. */
  isPreview?: boolean;
}

/** Coming fire times: on the clocks of the schedule's zone, on the browser's, in UTC, and how far away. */
export function FireTimes({ fires, timezone, label, compact = false, isPreview = false }: FireTimesProps) {
  const own = useBrowserZone();
  const hasOwn = !compact && own !== null && own !== timezone && own !== 'UTC';
  const hasUtc = !compact && timezone !== 'UTC';
  return (
    <div className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{timezone}</th>
            {hasOwn && <th scope="col" className={classes.extra}>{own}, here</th>}
            {hasUtc && <th scope="col" className={classes.extra}>UTC</th>}
            <th scope="col">In</th>
          </tr>
        </thead>
        <tbody>
          {fires.map((fire) => (
            <tr key={fire.utc}>
              <td>
                <Local fire={fire} note={dstNote(fire, fires, timezone)} />
              </td>
              {hasOwn && <td className={`${classes.extra} ${classes.muted}`}>{formatInstant(fire.utc, own)}</td>}
              {hasUtc && <td className={`${classes.extra} ${classes.muted}`}>{formatInstant(fire.utc, 'UTC')}</td>}
              <td className={classes.muted}>
                <Distance at={fire.utc} isPreview={isPreview} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Local({ fire, note }: { fire: Fire; note: string | null }) {
  const { date, time, offset } = localText(fire.local);
  return (
    <>
      <time dateTime={fire.utc}>
        <span className={classes.day}>{date}</span> <span className={classes.time}>{time}</span> <span className={classes.offset}>{offset}</span>
      </time>
      {note !== null && <DstNote>{note}</DstNote>}
    </>
  );
}

function DstNote({ children }: { children: React.ReactNode }) {
  return (
    <span className={classes.dst}>
      <IconClockExclamation size={13} aria-hidden />
      <span>{children}</span>
    </span>
  );
}

function Distance({ at, isPreview }: { at: string; isPreview: boolean }) {
  const now = useNow();
  if (now === 0) return <Instant at={at} />;
  const text = isPreview ? previewDistance(Date.parse(at), now) : formatCountdown(Date.parse(at), now);
  return <>{text.replace(/^in /, '')}</>;
}

/** What changes of the clocks do to the schedule within a year. Nothing when they do nothing. */
export function ClockChanges({ notes }: { notes: readonly ClockChangeNote[] }) {
  if (notes.length === 0) return null;
  return (
    <WarningList label="Changes of the clocks">
      {notes.map(({ date, text }) => (
        <li key={date}>
          {date}: {text}
        </li>
      ))}
    </WarningList>
  );
}
