/** An instant on the wire: UTC, ISO 8601 with `Z`. */
export function instant(at: Date): string {
  return at.toISOString();
}

export function instantOrNull(at: Date | null): string | null {
  return at === null ? null : instant(at);
}

/** Milliseconds as seconds with three decimals. */
export function seconds(durationMs: number): number {
  return Math.round(durationMs) / 1000;
}
