'use client';
import { useMemo, useState } from 'react';
import { plainText } from './ansi';
import type { LogLine } from './log-buffer';

export interface Find {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Lower case, without spaces around it. */
  readonly needle: string;
  /** Indexes of the lines that contain it. */
  readonly matches: readonly number[];
  /** Place in `matches`; -1 before the first step. */
  readonly at: number;
  /** @returns index of the line that is now the current one, or null */
  readonly step: (by: 1 | -1) => number | null;
}

/** @param version changes whenever the lines do */
export function useFind(lines: readonly LogLine[], version: number): Find {
  const [text, setText] = useState('');
  const [at, setAt] = useState(-1);
  const needle = text.trim().toLowerCase();
  const matches = useMemo(() => {
    if (needle === '') return [];
    return lines.flatMap((line, index) => (plainText(line.text).toLowerCase().includes(needle) ? [index] : []));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the buffer's array is the same one when it has grown
  }, [lines, version, needle]);
  const current = Math.min(at, matches.length - 1);
  return {
    text,
    setText: (next) => {
      setText(next);
      setAt(-1);
    },
    needle,
    matches,
    at: current,
    step: (by) => {
      if (matches.length === 0) return null;
      const next = current === -1 ? (by === 1 ? 0 : matches.length - 1) : (current + by + matches.length) % matches.length;
      setAt(next);
      return matches[next] ?? null;
    },
  };
}
