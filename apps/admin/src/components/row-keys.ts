'use client';
/**
 * Keys for the rows of a DataTable. The row that they mean is the one that has the focus: `j` and `k` move the focus from
 * title link to title link, so that Enter opens the row by itself and a screen reader reads where one is.
 */
import { useMemo } from 'react';
import type { Key } from './key-table';
import { useShortcuts, type Shortcut } from './shortcuts';

export interface RowKey {
  readonly key: Key;
  /** @param id of the row with the focus; not called when there is none */
  readonly run: (id: string) => void;
}

const ROW = 'tr[data-row]';

/** @param keys should keep its identity between renders */
export function useRowKeys(keys: readonly RowKey[]): void {
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: 'j', run: () => { moveFocus(1); } },
      { keys: 'k', run: () => { moveFocus(-1); } },
      ...keys.map(({ key, run }) => ({
        keys: key,
        run: () => {
          const id = focusedRow()?.dataset['row'];
          if (id !== undefined) run(id);
        },
      })),
    ],
    [keys],
  );
  useShortcuts(shortcuts);
}

function focusedRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(ROW) ?? null;
}

function moveFocus(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROW)];
  const current = focusedRow();
  const at = current === null ? (by === 1 ? 0 : rows.length - 1) : rows.indexOf(current) + by;
  const link = rows[at]?.querySelector<HTMLElement>('th a');
  link?.focus();
  link?.scrollIntoView({ block: 'nearest' });
}
