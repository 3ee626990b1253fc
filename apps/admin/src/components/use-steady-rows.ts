'use client';
import { useState } from 'react';
import { steadyRows } from './steady-rows';

export interface SteadyRows<Row> {
  /** Undefined while nothing is known. */
  readonly rows: readonly Row[] | undefined;
  /** How many are newer than those. */
  readonly newer: number;
  /** Puts the newer ones on the page. */
  readonly showNewer: () => void;
}

export interface Answer<Row> {
  /** Newest first; another array is another answer. Undefined while there is none. */
  readonly rows: readonly Row[] | undefined;
  /** Whether there are more behind them. */
  readonly isFull: boolean;
  /** Whether it answers an earlier question. */
  readonly isOld: boolean;
}

/** @param key what is asked for; another one begins anew */
export function useSteadyRows<Row extends { readonly id: string }>(key: string, { rows: latest, isFull, isOld }: Answer<Row>): SteadyRows<Row> {
  const [shown, setShown] = useState<{ key: string; latest: readonly Row[]; rows: readonly Row[]; newer: number } | null>(null);
  const adopt = (rows: readonly Row[]) => {
    setShown({ key, latest: rows, rows, newer: 0 });
  };
  // While rendering, as React advises for state that follows from what came in: nothing is painted in between.
  if (latest !== undefined && shown?.latest !== latest) {
    if (shown !== null && shown.key === key) {
      const { rows, newer } = steadyRows(shown.rows, latest, isFull);
      if (rows.length === 0) adopt(latest);
      else setShown({ key, latest, rows, newer });
    } else if (!isOld) adopt(latest);
  }
  if (shown?.key !== key) return { rows: latest, newer: 0, showNewer: () => undefined };
  return {
    rows: shown.rows,
    newer: shown.newer,
    showNewer: () => {
      adopt(shown.latest);
    },
  };
}
