'use client';
/** The zone choice of the header, kept in the browser. */
import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import { ZoneProvider, type ZoneChoice } from '@/components/zone';

const STORAGE_KEY = 'takt.zone';

const ChoiceContext = createContext<{ choice: ZoneChoice; choose: (choice: ZoneChoice) => void }>({ choice: 'job', choose: () => undefined });
export const useZoneChoice = () => useContext(ChoiceContext);

export function ZoneChoiceProvider({ children }: { children: React.ReactNode }) {
  const [choice, setChoice] = useState<ZoneChoice>('job');
  useEffect(() => {
    const stored = localStorage.getItem(STORAGE_KEY);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- only the browser knows it, after the first paint
    if (stored !== null && isZone(stored)) setChoice(stored);
  }, []);
  const choose = useCallback((next: ZoneChoice) => {
    localStorage.setItem(STORAGE_KEY, next);
    setChoice(next);
  }, []);
  return (
    <ChoiceContext value={{ choice, choose }}>
      <ZoneProvider value={choice}>{children}</ZoneProvider>
    </ChoiceContext>
  );
}

function isZone(name: string): boolean {
  if (name === 'job' || name === 'browser') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
