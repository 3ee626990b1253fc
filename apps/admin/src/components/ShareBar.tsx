export interface ShareBarProps {
  /** What it shows: the start of its text. */
  label: string;
  parts: readonly { name: string; value: number; colour: string }[];
  /** Of the place that it takes; the bar itself is 6 pixels high, at the bottom. @default 24 */
  height?: number;
}

const BAR = 6;

/** A whole in its parts, as wide as its place. */
export function ShareBar({ label, parts, height = 24 }: ShareBarProps) {
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const text = `${label}: ${parts.map(({ name, value }) => `${String(value)} ${name}`).join(', ')}.`;
  const ends = parts.map((_, at) => parts.slice(0, at + 1).reduce((sum, { value }) => sum + value, 0));
  return (
    <svg role="img" aria-label={text} width="100%" height={height} style={{ display: 'block' }}>
      <rect x={0} y={height - BAR} width="100%" height={BAR} rx={2} fill="var(--line)" />
      {total > 0 &&
        parts.map(({ name, value, colour }, at) =>
          value === 0 ? null : <rect key={name} x={percent(((ends[at] ?? 0) - value) / total)} y={height - BAR} width={percent(value / total)} height={BAR} fill={colour} stroke="var(--surface-raised)" />,
        )}
    </svg>
  );
}

function percent(share: number): string {
  return `${String(share * 100)}%`;
}
