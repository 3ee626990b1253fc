/** Three beats, the last one the downbeat. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden>
      <rect x="1" y="9" width="4" height="10" rx="1.5" fill="var(--accent)" opacity="0.45" />
      <rect x="8" y="5" width="4" height="14" rx="1.5" fill="var(--accent)" opacity="0.7" />
      <rect x="15" y="1" width="4" height="18" rx="1.5" fill="var(--accent)" />
    </svg>
  );
}
