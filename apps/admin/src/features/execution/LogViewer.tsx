'use client';
/** The output of an execution: drawn as far as it is seen, followed while it grows, searchable. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button, Skeleton } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { NothingYet } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SectionCard } from '@/components/SectionCard';
import { useShortcuts, type Shortcut } from '@/components/shortcuts';
import { useZone } from '@/components/zone';
import { lineOfHash, useHash } from './line-links';
import type { LogLine } from './log-buffer';
import { extentText, isWhole, searchedText, type LogExtent } from './log-extent';
import { LogExtentBar } from './LogExtentBar';
import { LogLineRow } from './LogLineRow';
import { LogToolbar } from './LogToolbar';
import classes from './LogViewer.module.css';
import { useAnnouncedLines } from './use-announced-lines';
import { useFind } from './use-find';
import { useLog, type LogPhase } from './use-log';
import { useLogPlace } from './use-log-place';
import { useLogSettings } from './use-log-settings';

const LINE_HEIGHT = 24;
/** So near to the end counts as at the end, pixels. */
const END_SLACK = 24;

export interface LogViewerProps {
  executionId: string;
  isLive: boolean;
  /** Only lines of this attempt; null is all. */
  attempt: number | null;
  attempts: number;
  onAttempt: (attempt: number | null) => void;
  jobZone: string;
}

export function LogViewer({ executionId, isLive, attempt, attempts, onAttempt, jobZone }: LogViewerProps) {
  const linked = lineOfHash(useHash());
  // What is live is looked at where it grows.
  const log = useLog({ executionId, isLive, origin: isLive && linked === null ? 'end' : 'start', upToLine: linked ?? 0 });
  const zone = useZone(jobZone);
  const settings = useLogSettings();
  const lines = useLinesOf(log.buffer.lines, log.version, attempt);
  const find = useFind(lines, log.version);
  const scroller = useRef<HTMLDivElement>(null);
  const { isFollowing, setFollowing, onScroll } = useFollow(isLive && linked === null, scroller);
  const { announcement, onFocus, onBlur } = useAnnouncedLines(lines.length);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change with each scroll; nothing here is memoised by them
  const rows = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => LINE_HEIGHT, overscan: 30, getItemKey: (at) => lines[at]?.key ?? at });
  const onPlaceScroll = useLogPlace(log, { count: lines.length, rows, scroller });
  const goTo = useCallback((at: number | null) => {
    if (at === null) return;
    setFollowing(false);
    rows.scrollToIndex(at, { align: 'center' });
  }, [rows, setFollowing]);

  useEffect(() => {
    if (isFollowing && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [isFollowing, lines.length, rows, settings.isWrapped]);
  const linkedAt = linked === null ? -1 : lines.findIndex(({ number }) => number === linked);
  const wentTo = useRef<number | null>(null);
  useEffect(() => {
    // Once for each link, not with each line that arrives nor when the log begins anew.
    if (linkedAt < 0 || wentTo.current === linked) return;
    wentTo.current = linked;
    goTo(linkedAt);
  }, [linked, linkedAt, goTo]);

  const toStart = () => {
    if (!log.extent.hasEarlier) goTo(0);
    else {
      setFollowing(false);
      log.beginAt('start');
    }
  };
  const last = lines.length - 1;
  const { beginAt, extent: { hasLater } } = log;
  const toLatest = useCallback(() => {
    if (hasLater) beginAt('end');
    else if (!isLive) goTo(last);
    setFollowing(isLive);
  }, [hasLater, beginAt, isLive, goTo, last, setFollowing]);
  const toggleFollow = useCallback(() => {
    if (isFollowing) setFollowing(false);
    else toLatest();
  }, [isFollowing, setFollowing, toLatest]);
  const { setWrapped, isWrapped } = settings;
  useShortcuts(useMemo<Shortcut[]>(() => [
    { keys: 'f', run: toggleFollow },
    { keys: 'w', run: () => { setWrapped(!isWrapped); } },
  ], [toggleFollow, setWrapped, isWrapped]));

  const notice = lines.findLast(({ stream, text }) => stream === 'system' && text.startsWith('[output truncated'))?.text;
  const startedAt = lines[0]?.at ?? '';
  const isEmpty = lines.length === 0;
  const unsearched = searchedText(log.extent);
  return (
    <SectionCard title="Log" description={describe(log.phase, { ...log.extent, lines: lines.length })} flush actions={<LogToolbar executionId={executionId} attempt={attempt} attempts={attempts} onAttempt={onAttempt} settings={settings} zone={zone} find={find} onGoTo={goTo} isLive={isLive} isFollowing={isFollowing} onFollow={toggleFollow} />}>
      {notice !== undefined && <p className={classes.notice}>{`${sentence(notice)} The beginning and the end were kept.`}</p>}
      {find.needle !== '' && unsearched !== null && (
        <p className={classes.searched} role="status">
          {unsearched}
          <Button variant="default" size="compact-xs" loading={log.isLoadingEarlier} onClick={log.loadAll}>Load all</Button>
        </p>
      )}
      <LogExtentBar log={log} side="before" onLeave={toStart} />
      {log.phase === 'failed' && isEmpty ? (
        <ErrorState error={log.error} what="The log" onRetry={log.loadMore} />
      ) : isEmpty && log.phase === 'loading' ? (
        <div className={classes.loading}>{[60, 42, 55, 38].map((width) => <Skeleton key={width} height={11} width={`${String(width)}%`} />)}</div>
      ) : isEmpty && !isWhole(log.extent) ? (
        <NothingYet title={`Nothing of attempt ${String(attempt)} is in the part of the log that is here`} />
      ) : isEmpty ? (
        <NothingYet title={isLive ? 'Nothing has been printed yet' : attempt === null ? 'It printed nothing' : `Attempt ${String(attempt)} printed nothing`}>{isLive ? 'Lines appear here as they are printed.' : undefined}</NothingYet>
      ) : (
        <div className={classes.frame}>
          <div
            ref={scroller}
            className={classes.scroller}
            // As high as its lines when they are few and stay so.
            style={isLive ? undefined : { maxHeight: rows.getTotalSize() + 16 }}
            role="log"
            aria-live="off"
            aria-label="Log"
            tabIndex={0}
            onScroll={() => {
              onScroll();
              onPlaceScroll();
            }}
            onFocus={onFocus}
            onBlur={onBlur}
            onKeyDown={(event) => {
              if (event.key !== 'g' && event.key !== 'G') return;
              event.preventDefault();
              if (event.key === 'g') toStart();
              else toLatest();
            }}
          >
            <div className={classes.all} data-wrapped={isWrapped || undefined} style={{ height: rows.getTotalSize() }}>
              <div className={classes.window} style={{ transform: `translateY(${String(rows.getVirtualItems()[0]?.start ?? 0)}px)` }}>
                {rows.getVirtualItems().map(({ index, key }) => {
                  const line = lines[index];
                  return line === undefined ? null : (
                    <div key={key} data-index={index} ref={rows.measureElement}>
                      <LogLineRow line={line} needle={find.needle} isCurrent={find.matches[find.at] === index} isLinked={line.number !== null && line.number === linked} isWrapped={isWrapped} timestamps={settings.timestamps} startedAt={startedAt} zone={zone} />
                    </div>
                  );
                })}
              </div>
            </div>
          </div>
          {isLive && !isFollowing && (
            <Button className={classes.jump} leftSection={<IconArrowDown size={14} aria-hidden />} onClick={toLatest}>
              Jump to latest
            </Button>
          )}
        </div>
      )}
      {(log.phase !== 'failed' || !isEmpty) && <LogExtentBar log={log} side="after" onLeave={toLatest} />}
      <div role="status" className={classes.unseen}>{announcement}</div>
    </SectionCard>
  );
}

function describe(phase: LogPhase, extent: LogExtent): string {
  const count = extentText(extent);
  if (phase === 'following') return `${count}, live`;
  if (phase === 'reconnecting') return `${count}, connecting again`;
  if (phase === 'loading') return extent.lines === 0 ? 'Loading' : `${count}, loading`;
  return count;
}

/** `[output truncated: 5 of 9 bytes kept]` → `Output truncated: 5 of 9 bytes kept.` */
function sentence(mark: string): string {
  const text = mark.replace(/^\[|\]$/g, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function useLinesOf(all: readonly LogLine[], version: number, attempt: number | null): readonly LogLine[] {
  return useMemo(
    () => (attempt === null ? [...all] : all.filter((line) => line.attempt === attempt)),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the buffer's array is the same one when it has grown
    [all, version, attempt],
  );
}

/** Follows the end until somebody scrolls up. */
function useFollow(begins: boolean, scroller: React.RefObject<HTMLDivElement | null>) {
  const [isFollowing, setFollowing] = useState(begins);
  const last = useRef<{ element: HTMLElement | null; top: number }>({ element: null, top: 0 });
  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    // A log that begins anew has another element, and may stand higher than the one before it: nobody has scrolled up.
    const isUp = element === last.current.element && element.scrollTop < last.current.top - 1;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= END_SLACK;
    last.current = { element, top: element.scrollTop };
    if (isUp && !isAtEnd) setFollowing(false);
  }, [scroller]);
  return { isFollowing, setFollowing, onScroll };
}
