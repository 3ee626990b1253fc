/** What a timeline says in words: of a row, and of one mark. Pure. */
import { formatClock, formatDuration, formatInstant, formatZoned } from '../format';
import { shownStatus, statusLook } from '../status';
import { startOf, type Mark } from './marks';

/** `57 succeeded, 3 failed` */
export function countsText(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${String(count)} ${statusLook(status).word.toLowerCase()}`).join(', ');
}

/** `backup: 57 succeeded, 3 failed; 60 to come, next at 14:05:00 Europe/Berlin.` */
export function rowText(row: { name: string; executions: readonly { status: string; startedAt: string | null }[]; projected: readonly string[] }, timeZone: string): string {
  const ran = row.executions.length === 0 ? 'no runs' : countsText(row.executions.map(shownStatus));
  const [next] = row.projected;
  const coming = next === undefined ? 'nothing to come' : `${String(row.projected.length)} to come, next at ${formatClock(next, timeZone)} ${timeZone}`;
  return `${row.name}: ${ran}; ${coming}.`;
}

export interface MarkText {
  readonly title: string;
  /** When, with the zone. */
  readonly when: string;
  /** How long it took, or how many there are. */
  readonly more: string | null;
}

export function markText(mark: Mark, timeZone: string, nowMs: number): MarkText {
  if (mark.kind === 'fires') {
    const [first] = mark.at;
    const last = mark.at.at(-1);
    if (first === undefined || last === undefined) return { title: 'Due', when: '', more: null };
    if (mark.at.length === 1) return { title: 'Due', when: formatZoned(first, timeZone), more: null };
    return { title: `${String(mark.at.length)} times due`, when: stretch(first, last, timeZone), more: null };
  }
  const [first] = mark.runs;
  const last = mark.runs.at(-1);
  if (first === undefined || last === undefined) return { title: 'Run', when: '', more: null };
  if (mark.runs.length > 1) {
    const statuses = mark.runs.map(shownStatus);
    return { title: `${String(mark.runs.length)} runs`, when: stretch(startOf(first), startOf(last), timeZone), more: countsText(statuses) };
  }
  const endMs = first.finishedAt !== null ? Date.parse(first.finishedAt) : first.status === 'running' ? nowMs : null;
  const took = first.startedAt === null || endMs === null ? null : formatDuration(Math.max(0, (endMs - Date.parse(first.startedAt)) / 1_000));
  return { title: `${statusLook(shownStatus(first)).word} · #${String(first.number)}`, when: formatZoned(startOf(first), timeZone), more: took };
}

function stretch(from: string | number, to: string | number, timeZone: string): string {
  return `${formatInstant(from, timeZone)} to ${formatClock(to, timeZone)} ${timeZone}`;
}

/** Where a mark leads to: the run, all of several runs, or the job of a coming fire. */
export function markHref(mark: Mark, jobId: string): string {
  if (mark.kind === 'fires') return `/jobs/${jobId}`;
  const [first] = mark.runs;
  if (mark.runs.length === 1 && first !== undefined) return `/executions/${first.id}`;
  const starts = mark.runs.map(startOf);
  const from = new Date(Math.floor(Math.min(...starts) / 1_000) * 1_000 - 1_000).toISOString();
  const to = new Date(Math.ceil(Math.max(...starts) / 1_000) * 1_000 + 1_000).toISOString();
  return `/executions?job_id=${jobId}&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
}
