/** What speaks against a schedule that can be saved. Pure. */
import type { SchedulePreview } from '@/api/contract';
import { formatClock, formatCount, formatDuration } from '@/components/format';
import type { Fire } from '@/components/fires/fires';

const MINUTE_S = 60;
/** So many other jobs in the same minute are worth a word. */
export const MANY_JOBS = 10;

/** @param p95Seconds 95 % of the job's runs took no longer; null of a job without history */
export function scheduleWarnings({ nextRuns, timezone, busiestMinute }: SchedulePreview, p95Seconds: number | null): string[] {
  const gap = shortestGapSeconds(nextRuns);
  const warnings: string[] = [];
  if (gap !== null && gap < MINUTE_S) warnings.push(`It fires more often than once a minute: runs are ${formatDuration(gap)} apart.`);
  if (gap !== null && p95Seconds !== null && gap < p95Seconds) {
    warnings.push(`Runs are ${formatDuration(gap)} apart, but 5 % of them take longer than ${formatDuration(p95Seconds)}: the next one is due before such a run ends.`);
  }
  if (busiestMinute && busiestMinute.otherJobs >= MANY_JOBS) {
    const clock = formatClock(busiestMinute.at, timezone ?? 'UTC').slice(0, 5);
    warnings.push(`${formatCount(busiestMinute.otherJobs)} other jobs are due in the same minute, at ${clock}: another one would spread the load.`);
  }
  return warnings;
}

/** Seconds between the two fire times that are closest to each other; null of fewer than two. */
function shortestGapSeconds(fires: readonly Fire[]): number | null {
  const instants = fires.map(({ utc }) => Date.parse(utc));
  const gaps = instants.slice(1).map((at, index) => (at - (instants[index] ?? at)) / 1_000);
  return gaps.length === 0 ? null : Math.min(...gaps);
}
