'use client';
/** The shell's keys. Off while somebody types, and in dialogs. Pages add theirs with the same hook. */
import { useEffect, useRef } from 'react';
import { meaningOf, type Stroke } from './keystrokes';

export interface Shortcut {
  /** `event.key`, or two of them after another: `g j`. */
  readonly keys: string;
  readonly does: string;
  readonly run: () => void;
}

export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  // Outlives a render between two strokes, which makes other shortcuts of the same keys.
  const first = useRef<Stroke | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const known = shortcuts.map(({ keys }) => keys);
      const meaning = meaningOf(known, { key: event.key, at: event.timeStamp }, first.current);
      first.current = meaning.first;
      const found = shortcuts.find(({ keys }) => keys === meaning.keys);
      if (found === undefined) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [shortcuts]);
}

function isBusy(target: EventTarget | null): boolean {
  // Closed dialogs may stay in the document, hidden.
  if ([...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some((dialog) => dialog.checkVisibility())) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName));
}
