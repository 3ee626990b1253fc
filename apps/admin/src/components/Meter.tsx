import type { Tone } from './status';
import classes from './Meter.module.css';

export interface MeterProps {
  /** What is measured, for screen readers: `Slots in use of worker-001`. */
  label: string;
  /** 0..1 */
  share: number;
  /** What the bar says, in words: `3 of 100`. */
  text: string;
  tone?: Tone;
}

/** A small bar with how full something is; its text stands beside it. */
export function Meter({ label, share, text, tone = 'running' }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <span className={classes.track} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-valuetext={text}>
      <span className={classes.fill} style={{ width: `${String(percent)}%`, background: `var(--status-${tone})` }} />
    </span>
  );
}
