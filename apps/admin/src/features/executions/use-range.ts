'use client';
import { useEffect, useMemo, useState } from 'react';
import { rangeOf, type Range, type RangeChoice } from './range';

const STEP_MS = 15_000;

/** The range that is shown; one that ends now moves on in steps. */
export function useRange({ range, from, to }: RangeChoice): Range {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNowMs(Date.now());
    }, STEP_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const next = rangeOf({ range, from, to }, nowMs);
  return useMemo(() => ({ from: next.from, to: next.to }), [next.from, next.to]);
}
