/** How much of the output is here, in words. Pure. */
import { formatCount } from '@/components/format';

/** `start`: from the first line on · `end`: up to the last one. */
export type LogOrigin = 'start' | 'end';

export interface LogExtent {
  readonly lines: number;
  /** Of all that was stored when somebody counted; null while nobody has. */
  readonly totalLines: number | null;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

export function isWhole({ hasEarlier, hasLater }: LogExtent): boolean {
  return !hasEarlier && !hasLater;
}

/** `12 lines`, `first 20 000 of 310 000 lines`, `last 1 000 lines`. */
export function extentText(extent: LogExtent): string {
  const side = extent.hasEarlier ? 'last ' : extent.hasLater ? 'first ' : '';
  return `${side}${countText(extent)}`;
}

/** What a search has not looked at: `Searched 20 000 of 310 000 lines.`; null when it has seen everything. */
export function searchedText(extent: LogExtent): string | null {
  return isWhole(extent) ? null : `Searched ${extent.hasEarlier ? 'the last ' : 'the first '}${countText(extent)}.`;
}

/** A count that has been overtaken by lines that came since is left out. */
function countText(extent: LogExtent): string {
  const { lines, totalLines } = extent;
  const of = isWhole(extent) || totalLines === null || totalLines <= lines ? '' : ` of ${formatCount(totalLines)}`;
  return `${formatCount(lines)}${of} ${lines === 1 && of === '' ? 'line' : 'lines'}`;
}
