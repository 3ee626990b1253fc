'use client';
import { useMemo, type RefObject } from 'react';
import { useShortcuts, type Shortcut } from '@/components/shortcuts';

/**
 * j and k go from row to row, x selects; Enter opens, as on any link. Rows have a link in an element with `data-row="<id>"`.
 * @param container has the rows
 */
export function useRowKeys(container: RefObject<HTMLElement | null>, onSelect: (id: string) => void): void {
  const keys = useMemo<Shortcut[]>(() => {
    const links = () => [...(container.current?.querySelectorAll<HTMLElement>('[data-row] > a') ?? [])];
    const current = () => document.activeElement?.closest('tr')?.querySelector<HTMLElement>('[data-row] > a') ?? null;
    const step = (by: 1 | -1) => {
      const all = links();
      const here = current();
      const at = here === null ? -1 : all.indexOf(here);
      const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    };
    return [
      { keys: 'j', run: () => { step(1); } },
      { keys: 'k', run: () => { step(-1); } },
      {
        keys: 'x',
        run: () => {
          const id = current()?.parentElement?.dataset['row'];
          if (id !== undefined) onSelect(id);
        },
      },
    ];
  }, [container, onSelect]);
  useShortcuts(keys);
}
