'use client';
/** What every search field (`data-search`) can, wherever it stands. */
import { useEffect } from 'react';

/** Esc leaves the field and keeps what was typed, so that the shell's keys work again. In a dialog it is the dialog's. */
export function useLeavableSearch(): void {
  useEffect(() => {
    const onKey = ({ key, target, defaultPrevented, isComposing }: KeyboardEvent) => {
      if (key !== 'Escape' || defaultPrevented || isComposing) return;
      if (target instanceof HTMLInputElement && target.dataset['search'] !== undefined) target.blur();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}
