import { statusLook } from './status';
import classes from './StatusBadge.module.css';

export interface StatusBadgeProps {
  status: string;
  /** Another word than the status's own, e.g. `Failed ×3`. */
  children?: React.ReactNode;
  /** Without the tinted ground, for dense tables. */
  plain?: boolean;
}

/** A status as icon, word and colour; never colour alone. */
export function StatusBadge({ status, children, plain = false }: StatusBadgeProps) {
  const { word, tone, icon: Icon } = statusLook(status);
  return (
    <span className={plain ? `${classes.badge} ${classes.plain}` : classes.badge} data-tone={tone} data-status={status}>
      <Icon size={14} stroke={2} aria-hidden className={status === 'running' ? classes.pulse : undefined} />
      {children ?? word}
    </span>
  );
}
