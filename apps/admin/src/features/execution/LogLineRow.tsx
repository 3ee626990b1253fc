'use client';
import { formatClock } from '@/components/format';
import { piecesOf } from './ansi';
import type { LogLine } from './log-buffer';
import classes from './LogViewer.module.css';

export type Timestamps = 'off' | 'relative' | 'absolute';

export interface LogLineRowProps {
  line: LogLine;
  /** Lower case; '' marks nothing. */
  needle: string;
  isCurrent: boolean;
  isLinked: boolean;
  isWrapped: boolean;
  timestamps: Timestamps;
  /** Of the first line, for relative times. */
  startedAt: string;
  zone: string;
}

/** What stands in the gutter, and what is read out for it. Streams of other names look like stdout. */
const SIGNS: Readonly<Record<string, readonly [sign: string, words: string]>> = { stderr: ['E', 'standard error'], system: ['i', 'note of Takt'] };

/** One line: its number, which links to it and is known once everything before it is here, its stream, when it came, and its text with the colours of a terminal. */
export function LogLineRow({ line, needle, isCurrent, isLinked, isWrapped, timestamps, startedAt, zone }: LogLineRowProps) {
  const [sign, words] = SIGNS[line.stream] ?? ['', ''];
  return (
    <div className={classes.line} data-stream={line.stream} data-current={isCurrent || undefined} data-linked={isLinked || undefined} data-wrapped={isWrapped || undefined}>
      {line.number === null ? (
        <span className={classes.number} />
      ) : (
        <a className={classes.number} tabIndex={-1} href={`#L${String(line.number)}`} aria-label={`Line ${String(line.number)}`}>
          {line.number}
        </a>
      )}
      <span className={classes.sign} aria-hidden>
        {sign}
      </span>
      {words !== '' && <span className={classes.unseen}>{words}</span>}
      {timestamps !== 'off' && <time className={classes.time} dateTime={line.at}>{timestamps === 'absolute' ? absolute(line.at, zone) : relative(line.at, startedAt)}</time>}
      <span className={classes.text}>
        {piecesOf(line.text, needle).map(({ text, colour, isBold, isFaint, isUnderlined, isMatch }, at) => {
          if (colour === null && !isBold && !isFaint && !isUnderlined && !isMatch) return text;
          const Tag = isMatch ? 'mark' : 'span';
          return (
            <Tag key={at} data-colour={colour ?? undefined} data-bold={isBold || undefined} data-faint={isFaint || undefined} data-underlined={isUnderlined || undefined}>
              {text}
            </Tag>
          );
        })}
      </span>
    </div>
  );
}

function absolute(at: string, zone: string): string {
  return `${formatClock(at, zone)}.${at.slice(20, 23)}`;
}

/** `+12.345`, `+75:02.003` */
function relative(at: string, startedAt: string): string {
  const ms = Math.max(0, Date.parse(at) - Date.parse(startedAt));
  const seconds = (ms % 60_000) / 1_000;
  const minutes = Math.floor(ms / 60_000);
  return minutes === 0 ? `+${seconds.toFixed(3)}` : `+${String(minutes)}:${seconds.toFixed(3).padStart(6, '0')}`;
}
