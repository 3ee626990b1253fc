import { Meter } from '@/components/Meter';
import { formatPercent } from '@/components/format';
import classes from './slots.module.css';

/** Share of a worker's slots that are taken from which on it counts as nearly full. */
const NEARLY_FULL = 0.9;

/** Slots in use of those that there are, as a bar and in figures. */
export function Slots({ worker: { name, slotsInUse, concurrency } }: { worker: { name: string; slotsInUse: number; concurrency: number } }) {
  const share = concurrency === 0 ? 0 : slotsInUse / concurrency;
  const text = `${String(slotsInUse)} / ${String(concurrency)}`;
  return (
    <span className={classes.slots}>
      <Meter label={`Slots in use of ${name}`} share={share} text={text} tone={share >= NEARLY_FULL ? 'warning' : 'running'} />
      <span>{text}</span>
      <span className={classes.load}>{formatPercent(share * 100, 0)}</span>
    </span>
  );
}
