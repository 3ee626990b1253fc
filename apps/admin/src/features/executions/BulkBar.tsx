'use client';
import { Button, CloseButton } from '@mantine/core';
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useBulkExecutions } from '@/api/queries/execution-changes';
import type { Execution } from '@/api/types';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { tellDone, tellError } from '@/components/feedback';
import { isLive } from '@/components/live-status';
import { counted } from '@/components/words';
import { Guarded } from '@/session/Guarded';
import classes from './BulkBar.module.css';

/** Cancelling more than this cannot be done by a slip: the count must be typed. */
const UNTYPED = 1;

const count = (of: number) => counted(of, 'execution');

/** What can be done with the selected rows. */
export function BulkBar({ selected, onClear }: { selected: readonly Execution[]; onClear: () => void }) {
  const [asked, setAsked] = useState<'cancel' | 'rerun' | null>(null);
  const bulk = useBulkExecutions();
  const live = selected.filter(({ status }) => isLive(status));
  const ended = selected.length - live.length;
  const act = (action: 'cancel' | 'rerun', ids: string[]) => {
    bulk.mutate(
      { action, ids },
      {
        onSuccess: ({ changed, failed }) => {
          if (changed > 0) tellDone(action === 'cancel' ? `${count(changed)} asked to stop` : `${count(changed)} started again`);
          if (failed.length > 0) tellError(`${count(failed.length)} ${action === 'cancel' ? 'not cancelled' : 'not started again'}`, new Error([...new Set(failed.map(({ detail }) => detail))].join('; ')));
          onClear();
        },
        onError: (error) => { tellError(action === 'cancel' ? 'Nothing was cancelled' : 'Nothing was started again', error); },
        onSettled: () => { setAsked(null); },
      },
    );
  };
  return (
    <>
      <div className={classes.bar} role="group" aria-label="Selected executions">
        <span className="tabular">{selected.length} selected</span>
        <Guarded needs="TaskWrite">
          <Button variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} disabled={live.length === 0} onClick={() => { setAsked('cancel'); }}>
            {`Cancel${live.length === 0 ? '' : ` ${String(live.length)}`}`}
          </Button>
        </Guarded>
        <Guarded needs="TaskWrite">
          <Button variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => { setAsked('rerun'); }}>
            {`Run ${String(selected.length)} again`}
          </Button>
        </Guarded>
        <CloseButton size={24} aria-label="Clear the selection" onClick={onClear} />
      </div>
      <ConfirmDialog
        opened={asked === 'cancel'}
        onClose={() => { setAsked(null); }}
        title={`Cancel ${count(live.length)}?`}
        action={`Cancel ${count(live.length)}`}
        danger
        isPending={bulk.isPending}
        {...(live.length > UNTYPED ? { typed: String(live.length) } : {})}
        onConfirm={() => { act('cancel', live.map(({ id }) => id)); }}
      >
        Those that wait end at once; of those that run the whole process tree is stopped.
        {ended > 0 && ` ${String(ended)} of the selection ${ended === 1 ? 'is' : 'are'} over already and stay${ended === 1 ? 's' : ''} as ${ended === 1 ? 'it is' : 'they are'}.`}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'rerun'}
        onClose={() => { setAsked(null); }}
        title={`Run ${count(selected.length)} again?`}
        action={`Run ${count(selected.length)} again`}
        isPending={bulk.isPending}
        onConfirm={() => { act('rerun', selected.map(({ id }) => id)); }}
      >
        Each starts once more as a new execution of its job, with the arguments that it had.
      </ConfirmDialog>
    </>
  );
}
