import { Skeleton } from '@mantine/core';
import Link from 'next/link';
import classes from './Kpi.module.css';

export interface KpiProps {
  label: string;
  /** Null while it is not known yet. */
  value: React.ReactNode;
  /** One line below: a difference, a unit. */
  note?: React.ReactNode;
  /** Where the figure comes from: the list with its filter. */
  href?: string;
  /** Below it all, e.g. a sparkline. */
  children?: React.ReactNode;
}

/** One figure; a link to the list behind it. */
export function Kpi({ label, value, note, href, children }: KpiProps) {
  const content = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{value ?? <Skeleton height={22} width={56} my={4} />}</span>
      <span className={classes.note}>{note ?? '\u00a0'}</span>
      {children}
    </>
  );
  if (href === undefined) return <div className={classes.tile}>{content}</div>;
  return (
    <Link href={href} className={`${classes.tile} ${classes.link}`}>
      {content}
    </Link>
  );
}
