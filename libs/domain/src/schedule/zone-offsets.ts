/**
 * What a time zone's clocks say, as data. Intl answers "what time is it there at this instant" and nothing else, at a
 * microsecond or two a question; schedule arithmetic asks where the next change of the clocks is. So the years of a zone are
 * cut into *segments* of constant offset, once each, and kept.
 *
 * A year is probed every second day and every change is then located to the second by bisection. That finds all of them
 * because transitions of a zone are far apart: a scan of the whole database from 1970 to 2050 in steps of six hours found
 * no pair closer than seven days less an hour (Brazil 2000, Gaza 2040). Nothing is assumed about where they lie: that they
 * fall on quarter hours is not true (St. John's changed at 00:01 until 2011, Monrovia's offset had odd seconds until 1972).
 * The end of a year is a border between two segments even when the clocks do not change there.
 */
import { BoundedCache } from './bounded-cache.js';

/** A span of constant offset, `[startMs, endMs)` in epoch milliseconds. Local time = instant + `offsetMs`. */
export interface ZoneSegment {
  readonly startMs: number;
  readonly endMs: number;
  /** Milliseconds east of UTC. */
  readonly offsetMs: number;
}

const SECOND_MS = 1_000;
/** Distance of the probes: well below that of any two transitions, milliseconds. */
const PROBE_STEP_MS = 2 * 86_400_000;

/** Offsets are exact from this year on; earlier instants get the offset of its first moment. */
const FIRST_YEAR = 1900;
/** Offsets are exact up to this year's end; later instants get the offset of its last moment. */
const LAST_YEAR = 9998;
const FIRST_MS = Date.UTC(FIRST_YEAR, 0, 1);
const LAST_MS = Date.UTC(LAST_YEAR + 1, 0, 1);

/** More than the names and aliases in the IANA database. */
const ZONES_KEPT = 1_024;
/** Years kept per zone, about 100 bytes each. */
const YEARS_KEPT = 256;

const UTC_SEGMENT: ZoneSegment = { startMs: -Infinity, endMs: Infinity, offsetMs: 0 };
const LOCAL_TIME = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;

const zones = new BoundedCache<string, ZoneOffsets>(ZONES_KEPT);

/**
 * The segment of constant offset around an instant.
 *
 * @param zone A valid IANA name; `UTC` costs nothing.
 * @param instantMs Epoch milliseconds, finite.
 * @throws RangeError when the platform does not know the zone.
 */
export function segmentAt(zone: string, instantMs: number): ZoneSegment {
  if (zone === 'UTC') return UTC_SEGMENT;
  let offsets = zones.get(zone);
  if (offsets === undefined) {
    offsets = new ZoneOffsets(zone);
    zones.set(zone, offsets);
  }
  return offsets.segmentAt(instantMs);
}

class ZoneOffsets {
  private readonly years = new BoundedCache<number, readonly ZoneSegment[]>(YEARS_KEPT);
  private readonly formatter: Intl.DateTimeFormat;
  private latest: ZoneSegment | null = null;

  constructor(zone: string) {
    this.formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  segmentAt(instantMs: number): ZoneSegment {
    const { latest } = this;
    if (latest !== null && instantMs >= latest.startMs && instantMs < latest.endMs) return latest;
    const segment = this.find(instantMs);
    this.latest = segment;
    return segment;
  }

  private find(instantMs: number): ZoneSegment {
    if (instantMs < FIRST_MS) return { startMs: -Infinity, endMs: FIRST_MS, offsetMs: this.probe(FIRST_MS) };
    if (instantMs >= LAST_MS) return { startMs: LAST_MS, endMs: Infinity, offsetMs: this.probe(LAST_MS - SECOND_MS) };
    const year = new Date(instantMs).getUTCFullYear();
    let segments = this.years.get(year);
    if (segments === undefined) {
      segments = this.cutYear(year);
      this.years.set(year, segments);
    }
    const found = segments.find((segment) => instantMs < segment.endMs);
    if (found === undefined) throw new RangeError(`No offset for instant ${String(instantMs)}`);
    return found;
  }

  private cutYear(year: number): ZoneSegment[] {
    const endMs = Date.UTC(year + 1, 0, 1);
    const segments: ZoneSegment[] = [];
    let startMs = Date.UTC(year, 0, 1);
    let offsetMs = this.probe(startMs);
    for (let probeMs = startMs; probeMs < endMs; probeMs += PROBE_STEP_MS) {
      const nextProbeMs = probeMs + PROBE_STEP_MS;
      const nextOffsetMs = this.probe(nextProbeMs);
      if (nextOffsetMs === offsetMs) continue;
      const transitionMs = this.bisect(probeMs, nextProbeMs, offsetMs);
      if (transitionMs >= endMs) break;
      segments.push({ startMs, endMs: transitionMs, offsetMs });
      startMs = transitionMs;
      offsetMs = nextOffsetMs;
    }
    segments.push({ startMs, endMs, offsetMs });
    return segments;
  }

  /** The first whole second in `(lowMs, highMs]` at which the offset is no longer `offsetMs`. */
  private bisect(lowMs: number, highMs: number, offsetMs: number): number {
    let low = lowMs;
    let high = highMs;
    while (high - low > SECOND_MS) {
      const middle = low + Math.floor((high - low) / 2 / SECOND_MS) * SECOND_MS;
      if (this.probe(middle) === offsetMs) low = middle;
      else high = middle;
    }
    return high;
  }

  /** Asks the platform for the offset at an instant, which must be a whole second. */
  private probe(instantMs: number): number {
    const match = LOCAL_TIME.exec(this.formatter.format(instantMs));
    if (match === null) throw new RangeError(`No local time for instant ${String(instantMs)}`);
    const [, month, day, year, hour, minute, second] = match;
    const wallMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
    return wallMs - instantMs;
  }
}
