'use client';
import { Tooltip } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { RunCell } from '@/api/types';
import { formatDuration, formatInstant, formatZoned } from '@/components/format';
import { barShares } from '@/components/run-bars';
import { shownStatus, statusLook } from '@/components/status';
import { useZone } from '@/components/zone';
import classes from './RunGrid.module.css';
import { movedBy } from './run-window';

const BAR_HEIGHT = 72;
/** A fire time is written above every so many columns: closer together they would overlap. */
const LABEL_EVERY = 5;

export interface RunCellsProps {
  /** Oldest first. */
  runs: readonly RunCell[];
  timezone: string;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** One column a run: how long it took, how it ended, when it was due. One stop of the tab key; arrows walk, Enter opens. */
export function RunCells({ runs, timezone, selected, onSelect }: RunCellsProps) {
  const zone = useZone(timezone);
  const scroll = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const shares = barShares(runs.map(({ durationSeconds }) => durationSeconds));
  const stop = Math.max(runs.findIndex(({ id }) => id === (current ?? selected)), -1);
  const tabStop = stop === -1 ? runs.length - 1 : stop;
  const shown = runs.some(({ id }) => id === selected) ? selected : null;
  const newest = runs.at(-1)?.id;

  // The chosen run in the middle, else the newest at the right.
  useEffect(() => {
    const box = scroll.current;
    const cell = shown === null ? null : box?.querySelector<HTMLElement>(`[data-run="${shown}"]`);
    if (box === null) return;
    box.scrollLeft = cell ? cell.offsetLeft - box.clientWidth / 2 : box.scrollWidth;
  }, [shown, newest]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const next = movedBy(event.key, tabStop, runs.length);
    const run = next === null ? undefined : runs[next];
    if (run === undefined) return;
    event.preventDefault();
    setCurrent(run.id);
    scroll.current?.querySelector<HTMLElement>(`[data-run="${run.id}"] button`)?.focus();
  };
  return (
    <div ref={scroll} className={classes.scroll}>
      <div role="grid" aria-label="Runs, oldest first" aria-colcount={runs.length} className={classes.grid} onKeyDown={onKeyDown}>
        <div role="row" className={classes.row}>
          {runs.map((run, at) => (
            <Cell
              key={run.id}
              run={run}
              share={shares[at] ?? 0}
              when={at % LABEL_EVERY === 0 ? labelOf(run, runs[at - LABEL_EVERY], zone) : null}
              zone={zone}
              isStop={at === tabStop}
              isSelected={run.id === selected}
              onSelect={() => {
                setCurrent(run.id);
                onSelect(run.id);
              }}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface CellProps {
  run: RunCell;
  share: number;
  when: string | null;
  zone: string;
  isStop: boolean;
  isSelected: boolean;
  onSelect: () => void;
}

function Cell({ run, share, when, zone, isStop, isSelected, onSelect }: CellProps) {
  const { word, tone, icon: Icon } = statusLook(shownStatus(run));
  const isManual = run.trigger !== 'scheduler';
  const text = `#${String(run.number)} ${word}, due ${formatZoned(run.scheduledFor, zone)}, ${run.durationSeconds === null ? 'no duration' : `${run.attempt > 1 ? 'last attempt ' : ''}${formatDuration(run.durationSeconds)}`}${isManual ? `, started by ${run.trigger}` : ''}`;
  return (
    <div role="gridcell" data-run={run.id} data-tone={tone} aria-selected={isSelected} className={classes.cell}>
      <div className={classes.bars} aria-hidden>
        <div className={classes.bar} style={{ height: run.durationSeconds === null ? 2 : Math.max(3, Math.round(share * BAR_HEIGHT)) }} />
      </div>
      <Tooltip label={text} openDelay={80} position="bottom">
        <button
          type="button"
          className={classes.mark}
          tabIndex={isStop ? 0 : -1}
          aria-label={text}
          data-manual={isManual || undefined}
          data-hatched={run.status === 'skipped' || undefined}
          data-selected={isSelected || undefined}
          onClick={onSelect}
        >
          <Icon size={15} stroke={2} aria-hidden />
        </button>
      </Tooltip>
      <div className={classes.when} aria-hidden>{when}</div>
    </div>
  );
}

/** The time; the date too where it is another one than at the label before. */
function labelOf(run: RunCell, before: RunCell | undefined, zone: string): string {
  const [date = '', time = ''] = formatInstant(run.scheduledFor, zone).split(' ');
  const isNewDay = before === undefined || !formatInstant(before.scheduledFor, zone).startsWith(date);
  return isNewDay ? `${date.slice(5)} ${time.slice(0, 5)}` : time;
}
