'use client';
/**
 * The keys of the frame and of what is open in it. Off while somebody types, and in dialogs. All of them are looked up together:
 * a page that knows `e` must not take the second stroke of the frame's `g e`.
 */
import { useEffect } from 'react';
import type { Key } from './key-table';
import { meaningOf, type Stroke } from './keystrokes';

export interface Shortcut {
  readonly keys: Key;
  readonly run: () => void;
}

const mounted = new Set<readonly Shortcut[]>();
/** Outlives a render between two strokes, which makes other shortcuts of the same keys. */
let first: Stroke | null = null;

/** @param shortcuts should keep its identity between renders */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    if (mounted.size === 0) document.addEventListener('keydown', onKey);
    mounted.add(shortcuts);
    return () => {
      mounted.delete(shortcuts);
      if (mounted.size === 0) document.removeEventListener('keydown', onKey);
    };
  }, [shortcuts]);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
  const known = [...mounted].flat();
  const meaning = meaningOf(known.map(({ keys }) => keys), { key: event.key, at: event.timeStamp }, first);
  first = meaning.first;
  const found = known.find(({ keys }) => keys === meaning.keys);
  if (found === undefined) return;
  event.preventDefault();
  found.run();
}

function isBusy(target: EventTarget | null): boolean {
  // Closed dialogs may stay in the document, hidden.
  if ([...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some((dialog) => dialog.checkVisibility())) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName));
}
