'use client';
/** The keys of a job's page, which are those of its row in the list: run it, edit it. */
import { useMemo } from 'react';
import { useNavigate } from '@/components/navigate';
import { useShortcuts, type Shortcut } from '@/components/shortcuts';
import { useSession } from '@/session/session';

export function useJobKeys(id: string, run: () => void): void {
  const { go } = useNavigate();
  const { can } = useSession();
  const mayWrite = can('TaskWrite');
  const keys = useMemo<Shortcut[]>(
    () => (mayWrite ? [{ keys: 'r', run }, { keys: 'e', run: () => { go(`/jobs/${id}/edit`); } }] : []),
    [mayWrite, id, run, go],
  );
  useShortcuts(keys);
}
