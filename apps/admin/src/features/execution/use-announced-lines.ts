'use client';
import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 5_000;

/** Says how many lines are new, at most every five seconds and only while the log has the focus: not each line as it comes. */
export function useAnnouncedLines(count: number) {
  const [announcement, setAnnouncement] = useState('');
  const [hasFocus, setHasFocus] = useState(false);
  const now = useRef(count);
  useEffect(() => {
    now.current = count;
  }, [count]);
  useEffect(() => {
    if (!hasFocus) return;
    let told = now.current;
    const timer = setInterval(() => {
      const fresh = now.current - told;
      told = now.current;
      if (fresh > 0) setAnnouncement(`${String(fresh)} new ${fresh === 1 ? 'line' : 'lines'}`);
    }, PAUSE_MS);
    return () => {
      clearInterval(timer);
      setAnnouncement('');
    };
  }, [hasFocus]);
  return { announcement, onFocus: () => { setHasFocus(true); }, onBlur: () => { setHasFocus(false); } };
}
