export interface SparklineProps {
  values: readonly number[];
  /** What it shows, with its figures: the drawing's only text. */
  label: string;
  /** @default 'var(--accent)' */
  colour?: string;
  /** Pixels. @default 24 */
  height?: number;
}

/** Small bars over time, as wide as their place. */
export function Sparkline({ values, label, colour = 'var(--accent)', height = 24 }: SparklineProps) {
  const highest = Math.max(1, ...values);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${String(values.length * 5)} ${String(height)}`} preserveAspectRatio="none" width="100%" height={height}>
      {values.map((value, at) => {
        const size = value === 0 ? 1 : Math.max(2, (value / highest) * height);
        return <rect key={at} x={at * 5} y={height - size} width={3.6} height={size} fill={value === 0 ? 'var(--line-strong)' : colour} />;
      })}
    </svg>
  );
}
