'use client';
import { useLocalStorage } from '@mantine/hooks';
import type { Timestamps } from './LogLineRow';

/** How logs are shown, kept in the browser. */
export function useLogSettings() {
  const [timestamps, setTimestamps] = useLocalStorage<Timestamps>({ key: 'takt.log-timestamps', defaultValue: 'off' });
  const [isWrapped, setWrapped] = useLocalStorage({ key: 'takt.log-wrap', defaultValue: true });
  return { timestamps, setTimestamps, isWrapped, setWrapped };
}
export type LogSettings = ReturnType<typeof useLogSettings>;
