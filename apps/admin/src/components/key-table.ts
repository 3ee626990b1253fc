/**
 * Every key of the UI, where it works and what it does. Pages take their keys from here (`Shortcut.keys` has no other), and the
 * list under `?` is made of it. Keys of the browser itself (tab, Enter on a link) are named where one would look for them.
 */
import type { Permission } from '@/api/types';

/** In the order of the list. */
export const PLACES = {
  everywhere: 'Everywhere',
  rows: 'Lists of jobs and of executions',
  job: 'A job: its page, or its row in the list',
  execution: 'The page of an execution',
  log: 'The log of an execution',
  timeline: 'The timeline',
  marks: 'The row of a timeline, and the run grid',
} as const;
export type Place = keyof typeof PLACES;

export interface KeyRow {
  readonly place: Place;
  /** `event.key`; two strokes have a space between: `g j`. `mod` is Ctrl, or ⌘ on a Mac. */
  readonly keys: readonly string[];
  readonly does: string;
  /** Only with this permission. */
  readonly needs?: Permission;
}

/** The pages of the navigation have keys as well, `g` and one more: `shell/navigation.ts`. */
export const KEY_TABLE = [
  { place: 'everywhere', keys: ['mod K'], does: 'Search and commands' },
  { place: 'everywhere', keys: ['/'], does: 'Search on this page' },
  { place: 'everywhere', keys: ['n'], does: 'New job', needs: 'TaskWrite' },
  { place: 'everywhere', keys: ['.'], does: 'Refresh now' },
  { place: 'everywhere', keys: ['l'], does: 'Live on or off' },
  { place: 'everywhere', keys: ['['], does: 'Fold the navigation' },
  { place: 'everywhere', keys: ['Escape'], does: 'Close' },
  { place: 'everywhere', keys: ['?'], does: 'This list' },
  { place: 'rows', keys: ['j', 'k'], does: 'Next or previous row' },
  { place: 'rows', keys: ['x'], does: 'Select the row' },
  { place: 'rows', keys: ['Enter'], does: 'Open the row' },
  { place: 'job', keys: ['r'], does: 'Run the job', needs: 'TaskWrite' },
  { place: 'job', keys: ['e'], does: 'Edit the job', needs: 'TaskWrite' },
  { place: 'execution', keys: ['J', 'K'], does: 'Run after or before, of the same job' },
  { place: 'log', keys: ['f'], does: 'Follow it' },
  { place: 'log', keys: ['w'], does: 'Wrap its lines' },
  { place: 'log', keys: ['/'], does: 'Find in it' },
  { place: 'log', keys: ['g', 'G'], does: 'Its start or end, while it has the focus' },
  { place: 'timeline', keys: ['+', '-'], does: 'Zoom in or out' },
  { place: 'timeline', keys: ['0'], does: 'Back to now' },
  { place: 'marks', keys: ['ArrowLeft', 'ArrowRight'], does: 'Run before or after' },
  { place: 'marks', keys: ['Home', 'End'], does: 'First or last run' },
  { place: 'marks', keys: ['Enter'], does: 'Open or choose the run' },
] as const satisfies readonly KeyRow[];

/** What a page may listen to. */
export type Key = (typeof KEY_TABLE)[number]['keys'][number] | `g ${string}`;

const CAPS: Readonly<Record<string, string>> = { mod: 'Ctrl/⌘', Escape: 'Esc', ArrowLeft: '←', ArrowRight: '→' };

/** What is printed on each key of a stroke or two: `mod K` → `Ctrl/⌘`, `K`. */
export function capsOf(keys: string): string[] {
  return keys.split(' ').map((key) => CAPS[key] ?? key);
}

export interface KeyGroup {
  readonly title: string;
  readonly rows: readonly KeyRow[];
}

/** The table by place, as far as it works for somebody. */
export function keyGroups(rows: readonly KeyRow[], can: (permission: Permission) => boolean): KeyGroup[] {
  const usable = rows.filter(({ needs }) => needs === undefined || can(needs));
  return (Object.keys(PLACES) as Place[])
    .map((place) => ({ title: PLACES[place], rows: usable.filter((row) => row.place === place) }))
    .filter((group) => group.rows.length > 0);
}
