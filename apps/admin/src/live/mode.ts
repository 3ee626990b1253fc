/** How often the page refreshes itself, and what is remembered of it. */
export const LIVE_MODES = ['live', '5', '15', '60', 'off'] as const;
export type LiveMode = (typeof LIVE_MODES)[number];

export const MODE_WORDS: Readonly<Record<LiveMode, string>> = { live: 'Live', 5: 'Every 5 s', 15: 'Every 15 s', 60: 'Every 60 s', off: 'Off' };

/** `live`: the stream is open · `polling`: by timer · `paused`: the tab is hidden · `off` */
export type LiveState = 'live' | 'connecting' | 'polling' | 'paused' | 'off';

/** When the stream does not work: this often, by timer. */
export const FALLBACK_MS = 5_000;

/** Milliseconds between refreshes by timer; null when there are none. */
export function pollIntervalMs(mode: LiveMode, isStreamBroken: boolean): number | null {
  if (mode === 'off') return null;
  if (mode === 'live') return isStreamBroken ? FALLBACK_MS : null;
  return Number(mode) * 1_000;
}

export function isLiveMode(text: string | null): text is LiveMode {
  return (LIVE_MODES as readonly (string | null)[]).includes(text);
}
