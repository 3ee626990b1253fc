import { Button, CloseButton, Group, Paper } from '@mantine/core';
import { IconPlayerPlay, IconPower, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { JobBulkAction } from '@/api/contract';
import { useBulkJobs } from '@/api/queries/job-changes';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { tellDone, tellError } from '@/components/feedback';
import { formatCount } from '@/components/format';
import { counted } from '@/components/words';
import { Guarded } from '@/session/Guarded';
import { useSession } from '@/session/session';
import classes from './jobs.module.css';
import { countOf, failureText, meantBy, resultText, toBulk, type Chosen } from './selection';

export interface BulkBarProps {
  chosen: Chosen;
  /** All that match the filter, for the second step; null when that is no more than what is ticked. */
  allMatching: number | null;
  onChooseAll: () => void;
  onClear: () => void;
}

type Action = Extract<JobBulkAction, 'enable' | 'disable' | 'trigger' | 'delete'>;
const WORDS: Readonly<Record<Action, string>> = { enable: 'Enable', disable: 'Disable', trigger: 'Run', delete: 'Delete' };

const EFFECTS: Readonly<Record<Action, string>> = {
  enable: 'They run by their schedules from now on. Occurrences that were missed while they were disabled are not made up for.',
  disable: 'They do not run by their schedules until they are enabled again. Runs that are going on are not stopped.',
  trigger: 'Each of them starts once, now, with the arguments that it has.',
  delete: 'They will not run again. This cannot be undone.',
};

/** Why some of the chosen ones are not meant, and what a button says when none is. */
const LEFT_OUT: Readonly<Record<'trigger' | 'delete', { readonly because: string; readonly none: string }>> = {
  trigger: { because: 'disabled', none: 'Disabled jobs cannot be run: enable them first.' },
  delete: { because: 'part of Takt itself', none: 'Jobs that are part of Takt itself cannot be deleted.' },
};

/** What to do with the chosen jobs. One job needs no question, many need a look at the count, deleting needs it typed. */
export function BulkBar({ chosen, allMatching, onChooseAll, onClear }: BulkBarProps) {
  const [asked, setAsked] = useState<Action | null>(null);
  const { mutateAsync, isPending } = useBulkJobs();
  const count = countOf(chosen);
  const affected = (action: Action) => countOf(meantBy(action, chosen));
  const act = (action: Action) => {
    mutateAsync({ bulk: toBulk(action, meantBy(action, chosen)) }).then(
      (result) => {
        const failures = failureText(result);
        if (result.changed > 0 || failures === null) tellDone(resultText(action, result));
        if (failures !== null) tellError(result.changed > 0 ? 'Not all was done' : 'Nothing was changed', new Error(failures));
        setAsked(null);
        onClear();
      },
      (error: unknown) => { tellError('Nothing was changed', error); },
    );
  };
  const ask = (action: Action) => {
    if (count === 1 && action !== 'delete') act(action);
    else setAsked(action);
  };
  return (
    <Paper className={classes.bulk} role="region" aria-label="Selected jobs" shadow="md" withBorder>
      <Group gap="xs" className={classes.chosen}>
        <CloseButton size="sm" aria-label="Clear the selection" onClick={onClear} />
        <span role="status" className="tabular">
          {chosen.kind === 'all' ? `All ${counted(count, 'matching job')}` : `${formatCount(count)} selected`}
        </span>
        {allMatching !== null && chosen.kind === 'ids' && (
          <Button variant="subtle" size="compact-xs" onClick={onChooseAll}>
            Select all {formatCount(allMatching)} matching
          </Button>
        )}
      </Group>
      <Group gap="xs">
        <Act action="enable" icon={<IconPower size={14} aria-hidden />} onAsk={ask} isPending={isPending} />
        <Act action="disable" icon={<IconPower size={14} aria-hidden />} onAsk={ask} isPending={isPending} />
        <Act action="trigger" icon={<IconPlayerPlay size={14} aria-hidden />} onAsk={ask} isPending={isPending} reason={affected('trigger') > 0 ? null : LEFT_OUT.trigger.none} />
        <Act action="delete" icon={<IconTrash size={14} aria-hidden />} onAsk={ask} isPending={isPending} reason={affected('delete') > 0 ? null : LEFT_OUT.delete.none} />
      </Group>
      {asked !== null && (
        <ConfirmDialog
          opened
          onClose={() => { setAsked(null); }}
          onConfirm={() => { act(asked); }}
          title={`${WORDS[asked]} ${counted(affected(asked), 'job')}?`}
          action={`${WORDS[asked]} ${counted(affected(asked), 'job')}`}
          danger={asked === 'delete'}
          isPending={isPending}
          {...(asked === 'delete' ? { typed: String(affected(asked)) } : {})}
        >
          {EFFECTS[asked]}
          {(asked === 'trigger' || asked === 'delete') && affected(asked) < count && ` Left out, because ${LEFT_OUT[asked].because}: ${counted(count - affected(asked), 'job')}.`}
        </ConfirmDialog>
      )}
    </Paper>
  );
}

interface ActProps {
  action: Action;
  icon: React.ReactNode;
  onAsk: (action: Action) => void;
  isPending: boolean;
  /** Why it cannot be done to any of them. @default null */
  reason?: string | null;
}

function Act({ action, icon, onAsk, isPending, reason = null }: ActProps) {
  const { can } = useSession();
  const isDangerous = action === 'delete' && can('TaskDelete');
  return (
    <Guarded needs={action === 'delete' ? 'TaskDelete' : 'TaskWrite'} reason={reason}>
      <Button variant="default" leftSection={icon} disabled={isPending} onClick={() => { onAsk(action); }} {...(isDangerous ? { c: 'var(--status-failed)' } : {})}>
        {WORDS[action]}
      </Button>
    </Guarded>
  );
}
