import type { Tone } from './status';

/** Workers and scheduler instances report as often, milliseconds. */
export const BEAT_MS = 5_000;

/** Two beats may be missed, amber after that; red after the third, when a leader loses its lease (a worker counts as down after six). */
const LATE_BEATS = 2;
const LOST_BEATS = 3;

export interface HeartbeatLook {
  /** Seconds since the last one, as of the newest data. */
  readonly ageSeconds: number;
  readonly tone: Extract<Tone, 'success' | 'warning' | 'failed'>;
  /** For those who see no colour; empty when all is well. */
  readonly word: '' | 'late' | 'lost';
  /** Of the time after which it counts as lost, 0..1. */
  readonly share: number;
}

/**
 * How old a heartbeat is. Between two refreshes it grows with the clock, at most by one beat: data that is not refreshed any
 * more says nothing about what beats now.
 * @param asOfMs when the data arrived
 */
export function heartbeatLook(lastBeatMs: number, asOfMs: number, nowMs: number, beatMs: number): HeartbeatLook {
  const knownMs = Math.max(asOfMs, Math.min(nowMs, asOfMs + beatMs));
  const ageMs = Math.max(0, knownMs - lastBeatMs);
  const beats = ageMs / beatMs;
  const tone = beats > LOST_BEATS ? 'failed' : beats > LATE_BEATS ? 'warning' : 'success';
  return { ageSeconds: ageMs / 1_000, tone, word: tone === 'failed' ? 'lost' : tone === 'warning' ? 'late' : '', share: Math.min(1, beats / LOST_BEATS) };
}
