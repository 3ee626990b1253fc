'use client';
import { useId, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { statusLook } from '../status';
import { isHollow, nearest, type Mark } from './marks';
import classes from './TimelineChart.module.css';

export interface TrackProps {
  /** The whole row in words. */
  label: string;
  marks: readonly Mark[];
  width: number;
  ticksX: readonly number[];
  nowX: number | null;
  textOf: (mark: Mark) => string;
  /** The mark that is pointed at or that the keys are on; null for none. */
  onShow: (mark: Mark | null) => void;
  onOpen: (mark: Mark) => void;
}

const HEIGHT = 22;

/**
 * The drawing of one row. One stop for the keyboard: arrows go from mark to mark, Enter opens. To a screen reader it is a list
 * box that holds the option that the keys are on, with its place among all.
 */
export function Track({ label, marks, width, ticksX, nowX, textOf, onShow, onOpen }: TrackProps) {
  const id = useId();
  const [at, setAt] = useState<number | null>(null);
  const active = at === null ? null : Math.min(at, marks.length - 1);
  const activeMark = active === null ? undefined : marks[active];
  const go = (next: number) => {
    const mark = marks[next];
    if (mark === undefined) return;
    setAt(next);
    onShow(mark);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event.key, active ?? firstVisible(marks, nowX), marks.length);
    if (target !== null) go(target);
    else if (event.key === 'Enter' && activeMark !== undefined) onOpen(activeMark);
    else if (event.key === 'Escape') onShow(null);
    else return;
    event.preventDefault();
  };
  const pointedAt = (event: PointerEvent | React.MouseEvent) => {
    const found = nearest(marks, event.clientX - event.currentTarget.getBoundingClientRect().left);
    return found === null ? null : (marks[found] ?? null);
  };
  const drawing = <Drawing marks={marks} width={width} ticksX={ticksX} nowX={nowX} active={activeMark ?? null} />;
  const spokenMark = activeMark ?? marks[firstVisible(marks, nowX)];
  if (spokenMark === undefined) return <div role="img" aria-label={label}>{drawing}</div>;
  return (
    <div
      className={classes.list}
      role="listbox"
      aria-label={label}
      aria-orientation="horizontal"
      tabIndex={0}
      aria-activedescendant={activeMark === undefined ? undefined : id}
      onKeyDown={onKeyDown}
      onFocus={(event) => { if (event.currentTarget.matches(':focus-visible')) go(active ?? firstVisible(marks, nowX)); }}
      onBlur={() => { setAt(null); onShow(null); }}
      onPointerMove={(event) => { onShow(pointedAt(event)); }}
      onPointerLeave={() => { onShow(null); }}
      onClick={(event) => { const mark = pointedAt(event); if (mark !== null) onOpen(mark); }}
    >
      {drawing}
      <div className={classes.spoken} role="option" id={id} aria-selected={activeMark !== undefined} aria-posinset={(active ?? 0) + 1} aria-setsize={marks.length}>
        {textOf(spokenMark)}
      </div>
    </div>
  );
}

/** Where the keys begin: at the newest mark before now. */
function firstVisible(marks: readonly Mark[], nowX: number | null): number {
  if (nowX === null) return 0;
  const after = marks.findIndex(({ x }) => x > nowX);
  return after === -1 ? marks.length - 1 : Math.max(0, after - 1);
}

function targetOf(key: string, from: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(count - 1, from + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function Drawing({ marks, width, ticksX, nowX, active }: { marks: readonly Mark[]; width: number; ticksX: readonly number[]; nowX: number | null; active: Mark | null }) {
  return (
    <svg className={classes.drawing} width={width} height={HEIGHT} aria-hidden>
      {ticksX.map((x) => (
        <line key={x} x1={x} x2={x} y1={0} y2={HEIGHT} stroke="var(--line)" />
      ))}
      {marks.map((mark, at) => (
        <Bar key={at} mark={mark} isActive={mark === active} />
      ))}
      {nowX !== null && <line x1={nowX} x2={nowX} y1={0} y2={HEIGHT} stroke="var(--accent)" strokeWidth={1.5} />}
    </svg>
  );
}

function Bar({ mark, isActive }: { mark: Mark; isActive: boolean }) {
  const hollow = isHollow(mark);
  const colour = mark.kind === 'fires' ? 'var(--text-faint)' : `var(--status-${statusLook(mark.status).tone})`;
  const inset = hollow ? 0.5 : 0;
  return (
    <>
      <rect
        x={mark.x + inset}
        y={4 + inset}
        width={Math.max(2, mark.width - 2 * inset)}
        height={HEIGHT - 8 - 2 * inset}
        rx={1}
        fill={hollow ? 'var(--surface-raised)' : colour}
        stroke={hollow ? colour : 'none'}
        {...(mark.kind === 'runs' && mark.status === 'skipped' ? { strokeDasharray: '2 1.5' } : {})}
      />
      {isActive && <rect x={mark.x - 2.5} y={1.5} width={mark.width + 5} height={HEIGHT - 3} rx={2} fill="none" stroke="var(--accent)" strokeWidth={2} />}
    </>
  );
}
