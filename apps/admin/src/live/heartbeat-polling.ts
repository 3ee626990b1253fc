'use client';
import { BEAT_MS } from '@/components/heartbeat';
import { useLive } from './LiveProvider';

/** How often to ask for heartbeats, of which the stream tells nothing: each beat while the page is live, else as often as the user chose. */
export function useHeartbeatPolling(): number | false {
  return useLive().mode === 'live' ? BEAT_MS : false;
}
