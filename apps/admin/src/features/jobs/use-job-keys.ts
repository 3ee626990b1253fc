'use client';
/** The keys of the list of jobs, beside `j`, `k` and Enter: select, run, edit the row that has the focus. */
import { useMemo } from 'react';
import type { Job } from '@/api/types';
import { editFromList } from '@/components/list-return';
import { useNavigate } from '@/components/navigate';
import { useRowKeys, type RowKey } from '@/components/row-keys';
import { useSession } from '@/session/session';
import { useJobRun } from './use-job-run';

export function useJobKeys(jobs: readonly Job[] | undefined, onSelect: (id: string) => void): void {
  const { go } = useNavigate();
  const { can } = useSession();
  const { run } = useJobRun();
  const mayWrite = can('TaskWrite');
  const keys = useMemo<RowKey[]>(
    () => [
      { key: 'x', run: onSelect },
      ...(mayWrite
        ? ([
            {
              key: 'r',
              run: (id: string) => {
                const job = jobs?.find((one) => one.id === id);
                if (job !== undefined) run(job);
              },
            },
            { key: 'e', run: (id: string) => { go(editFromList(id, window.location.search)); } },
          ] as const)
        : []),
    ],
    [jobs, mayWrite, onSelect, go, run],
  );
  useRowKeys(keys);
}
