/** What is drawn in one row of a timeline: runs and coming fires, those that would lie on each other put together. Pure. */
import type { TimelineExecution } from '@/api/contract';
import { shownStatus } from '../status';

export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Span {
  /** Pixels from the left edge of the row. */
  readonly x: number;
  readonly width: number;
}

/** Runs that begin within the same few pixels, oldest first. Never empty. */
export interface RunsMark extends Span {
  readonly kind: 'runs';
  readonly runs: readonly TimelineExecution[];
  /** The one that asks most for attention, as it is shown. */
  readonly status: string;
}

/** Coming fires within the same few pixels, ISO 8601, earliest first. Never empty. */
export interface FiresMark extends Span {
  readonly kind: 'fires';
  readonly at: readonly string[];
}

export type Mark = RunsMark | FiresMark;

/** A mark, and room for the eye to tell it from the next one. */
const SLOT_PX = 5;
const MIN_PX = 3;
/** What the arithmetic of floating point may lose: even steps of exactly half a slot stay even. */
const ROUNDING_PX = 0.001;
const WORST_FIRST: readonly string[] = ['failed', 'timeout', 'retrying', 'running', 'dispatched', 'pending', 'cancelled', 'skipped', 'success'];

/**
 * @param row runs in any order, and coming fires
 * @param width of the row in pixels
 * @returns marks from left to right; what lies outside the window is cut or left out
 */
export function marksOf(row: { executions: readonly TimelineExecution[]; projected: readonly string[] }, window: Window, width: number, nowMs: number): Mark[] {
  if (width <= 0 || window.toMs <= window.fromMs) return [];
  const toX = (ms: number) => ((ms - window.fromMs) / (window.toMs - window.fromMs)) * width;
  const runs = grouped(
    row.executions.map((run) => ({ item: run, startMs: startOf(run), endMs: endOf(run, nowMs) })).filter(({ startMs, endMs }) => endMs >= window.fromMs && startMs <= window.toMs),
    toX,
  ).map((group): RunsMark => {
    const from = Math.max(0, toX(Math.min(...group.map(({ startMs }) => startMs))));
    const to = Math.min(width, toX(Math.max(...group.map(({ endMs }) => endMs))));
    const x = Math.min(from, width - MIN_PX);
    return { kind: 'runs', x, width: Math.max(MIN_PX, to - x), runs: group.map(({ item }) => item), status: worstOf(group.map(({ item }) => shownStatus(item))) };
  });
  const fires = grouped(
    row.projected.map((at) => ({ item: at, startMs: Date.parse(at), endMs: Date.parse(at) })).filter(({ startMs }) => startMs >= window.fromMs && startMs <= window.toMs),
    toX,
  ).map((group): FiresMark => ({ kind: 'fires', x: Math.min(toX(group[0]?.startMs ?? 0), width - MIN_PX), width: MIN_PX, at: group.map(({ item }) => item) }));
  return [...runs, ...fires].sort((a, b) => a.x - b.x);
}

interface Timed<Item> {
  readonly item: Item;
  readonly startMs: number;
  readonly endMs: number;
}

/** Puts together what begins within `SLOT_PX` pixels of the first one: what comes in even steps stays even, unlike in a fixed raster. */
function grouped<Item>(items: readonly Timed<Item>[], toX: (ms: number) => number): Timed<Item>[][] {
  const groups: Timed<Item>[][] = [];
  let firstX = Number.NEGATIVE_INFINITY;
  for (const timed of [...items].sort((a, b) => a.startMs - b.startMs)) {
    const x = Math.max(0, toX(timed.startMs));
    const group = groups.at(-1);
    if (group !== undefined && x - firstX < SLOT_PX - ROUNDING_PX) {
      group.push(timed);
    } else {
      groups.push([timed]);
      firstX = x;
    }
  }
  return groups;
}

const WITHOUT_A_RUN: ReadonlySet<string> = new Set(['skipped', 'pending', 'retrying', 'dispatched']);

/** Drawn as an outline: nothing has run, or not yet. What was cancelled is over, and must not look like what is to come. */
export function isHollow(mark: Mark): boolean {
  return mark.kind === 'fires' || WITHOUT_A_RUN.has(mark.status);
}

/** When it began, or when it was due if it has not. */
export function startOf({ startedAt, scheduledFor }: Pick<TimelineExecution, 'startedAt' | 'scheduledFor'>): number {
  return Date.parse(startedAt ?? scheduledFor);
}

function endOf(run: TimelineExecution, nowMs: number): number {
  if (run.finishedAt !== null) return Math.max(startOf(run), Date.parse(run.finishedAt));
  return run.status === 'running' ? Math.max(startOf(run), nowMs) : startOf(run);
}

export function worstOf(statuses: readonly string[]): string {
  return WORST_FIRST.find((status) => statuses.includes(status)) ?? 'success';
}

/** The mark at or near a place; null when none is within `reach` pixels. */
export function nearest(marks: readonly Mark[], x: number, reach = 8): number | null {
  let best: number | null = null;
  let bestGap = reach;
  for (const [at, mark] of marks.entries()) {
    const gap = x < mark.x ? mark.x - x : x > mark.x + mark.width ? x - mark.x - mark.width : 0;
    // Of several bars under the pointer the last one: it is drawn on top.
    if (gap < bestGap || (gap === 0 && bestGap === 0)) {
      best = at;
      bestGap = gap;
    }
  }
  return best;
}
