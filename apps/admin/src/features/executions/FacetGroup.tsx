'use client';
import { useId, useState } from 'react';
import { formatCount } from '@/components/format';
import classes from './FacetGroup.module.css';

export interface FacetItem {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly isChosen: boolean;
}

const SHORT = 6;

export interface FacetGroupProps {
  title: string;
  items: readonly FacetItem[];
  onToggle: (key: string) => void;
  /** Between the title and the values, e.g. a search for others. */
  children?: React.ReactNode;
}

/** One facet: its values, the most frequent first, of which the first six are shown. Chosen ones are always shown. */
export function FacetGroup({ title, items, onToggle, children }: FacetGroupProps) {
  const id = useId();
  const [isLong, setIsLong] = useState(false);
  const shown = isLong ? items : items.filter(({ isChosen }, at) => at < SHORT || isChosen);
  const highest = Math.max(1, ...items.map(({ count }) => count));
  return (
    <div role="group" aria-labelledby={id} className={classes.group}>
      <h2 id={id} className={classes.title}>
        {title}
      </h2>
      {children}
      {items.length === 0 && <p className={classes.none}>None in this range</p>}
      {shown.map(({ key, label, count, isChosen }) => (
        <button key={key} type="button" className={classes.item} aria-pressed={isChosen} data-none={count === 0 || undefined} onClick={() => { onToggle(key); }}>
          <span className={classes.bar} style={{ width: `${String((count / highest) * 100)}%` }} aria-hidden />
          <span className={classes.label} title={label}>
            {label}
          </span>
          <span className={classes.count}>{formatCount(count)}</span>
        </button>
      ))}
      {items.length > shown.length || isLong ? (
        <button type="button" className={classes.more} onClick={() => { setIsLong(!isLong); }}>
          {isLong ? 'Fewer' : `${String(items.length - shown.length)} more`}
        </button>
      ) : null}
    </div>
  );
}
