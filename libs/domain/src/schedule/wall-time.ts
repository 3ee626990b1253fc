/**
 * From wall-clock time to instants and back. A *wall time* is a local date and time written as the epoch milliseconds it
 * would have in UTC. Only three questions are needed for every rule about daylight saving, and each is a statement about
 * one monotone quantity: the latest wall time that a zone's clocks have shown up to an instant.
 */
import { segmentAt } from './zone-offsets.js';

/** No zone was ever further from UTC than this, milliseconds (Manila 15:56 in local mean time). */
const FURTHEST_OFFSET_MS = 16 * 3_600_000;
/** No zone ever set its clocks back by more than this, milliseconds (a zone that changes sides of the date line). */
const LONGEST_FOLD_MS = 25 * 3_600_000;

/**
 * The latest wall time that the clocks of a zone showed at any moment up to and including `instantMs`. It equals the wall
 * time at the instant except during a fold, where the clocks repeat what they have shown already.
 */
export function latestWallTime(zone: string, instantMs: number): number {
  let segment = segmentAt(zone, instantMs);
  let latest = instantMs + segment.offsetMs;
  const horizonMs = instantMs - LONGEST_FOLD_MS;
  while (segment.startMs > horizonMs) {
    const { startMs } = segment;
    segment = segmentAt(zone, startMs - 1);
    latest = Math.max(latest, startMs - 1 + segment.offsetMs);
  }
  return latest;
}

/**
 * The first instant at which the clocks of a zone show `wallMs` or later: the first pass of a time that happens twice, the
 * moment of the change for a time that the clocks jump over.
 */
export function firstInstantOf(zone: string, wallMs: number): number {
  let segment = segmentAt(zone, wallMs - FURTHEST_OFFSET_MS);
  for (;;) {
    const instantMs = Math.max(segment.startMs, wallMs - segment.offsetMs);
    if (instantMs < segment.endMs) return instantMs;
    segment = segmentAt(zone, segment.endMs);
  }
}

/** Whether the wall time that the zone's clocks show at an instant is shown at another instant as well. */
export function happensTwice(zone: string, instantMs: number): boolean {
  const wallMs = instantMs + segmentAt(zone, instantMs).offsetMs;
  let segment = segmentAt(zone, wallMs - FURTHEST_OFFSET_MS);
  for (;;) {
    const shownAtMs = wallMs - segment.offsetMs;
    const isShown = shownAtMs >= segment.startMs && shownAtMs < segment.endMs;
    if (isShown && shownAtMs !== instantMs) return true;
    if (segment.endMs > wallMs + FURTHEST_OFFSET_MS) return false;
    segment = segmentAt(zone, segment.endMs);
  }
}

/** The gap in the wall time that ends at an instant: the jumped times are `[fromWallMs, toWallMs)`. Null when none does. */
export function gapEndingAt(zone: string, instantMs: number): { fromWallMs: number; toWallMs: number } | null {
  const segment = segmentAt(zone, instantMs);
  if (segment.startMs !== instantMs) return null;
  const fromWallMs = instantMs + segmentAt(zone, instantMs - 1).offsetMs;
  const toWallMs = instantMs + segment.offsetMs;
  return fromWallMs < toWallMs ? { fromWallMs, toWallMs } : null;
}

/** An instant that is certainly not after the first one at which the zone's clocks show `wallMs`. */
export function notAfterWall(wallMs: number): number {
  return wallMs - FURTHEST_OFFSET_MS;
}
