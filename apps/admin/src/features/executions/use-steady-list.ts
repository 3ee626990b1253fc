'use client';
import { useState } from 'react';
import type { ExecutionList } from '@/api/contract';
import type { Execution } from '@/api/types';
import { steadyRows } from './steady-rows';

export interface SteadyList {
  /** Undefined while nothing is known. */
  readonly rows: readonly Execution[] | undefined;
  readonly newer: number;
  /** Puts the newer ones on the page. */
  readonly showNewer: () => void;
}

/**
 * @param key what is asked for; another one begins anew
 * @param isOld whether `data` answers an earlier key
 */
export function useSteadyList(key: string, data: ExecutionList | undefined, isOld: boolean): SteadyList {
  const [shown, setShown] = useState<{ key: string; data: ExecutionList; rows: readonly Execution[]; newer: number } | null>(null);
  const adopt = (list: ExecutionList) => {
    setShown({ key, data: list, rows: list.executions, newer: 0 });
  };
  // While rendering, as React advises for state that follows from what came in: nothing is painted in between.
  if (data !== undefined && shown?.data !== data) {
    if (shown !== null && shown.key === key) {
      const { rows, newer } = steadyRows(shown.rows, data.executions, data.nextCursor !== null);
      if (rows.length === 0) adopt(data);
      else setShown({ key, data, rows, newer });
    } else if (!isOld) adopt(data);
  }
  if (shown?.key !== key) return { rows: data?.executions, newer: 0, showNewer: () => undefined };
  return {
    rows: shown.rows,
    newer: shown.newer,
    showNewer: () => {
      adopt(shown.data);
    },
  };
}
