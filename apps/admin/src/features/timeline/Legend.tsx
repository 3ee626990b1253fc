import { StatusBadge } from '@/components/StatusBadge';
import classes from './timeline.module.css';

/** What the marks mean. */
export function Legend() {
  return (
    <div className={classes.legend}>
      {['success', 'failed', 'timeout', 'running', 'retrying', 'cancelled', 'skipped'].map((status) => (
        <StatusBadge key={status} plain status={status} />
      ))}
      <span className={classes.due}>
        <svg width={6} height={14} aria-hidden>
          <rect x={0.5} y={0.5} width={4} height={13} rx={1} fill="none" stroke="var(--text-faint)" />
        </svg>
        Due
      </span>
    </div>
  );
}
