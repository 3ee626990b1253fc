'use client';
import { useNow } from './clock';
import { formatDuration } from './format';

/** A duration in words, tabular. Null shows `–`. */
export function Duration({ seconds }: { seconds: number | null }) {
  return (
    <span className="tabular" style={{ whiteSpace: 'nowrap' }}>
      {formatDuration(seconds)}
    </span>
  );
}

/** How long something has been going on, ticking. */
export function Elapsed({ since }: { since: string | null }) {
  const now = useNow();
  return <Duration seconds={since === null || now === 0 ? null : Math.max(0, Math.floor((now - Date.parse(since)) / 1_000))} />;
}
