'use client';
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { useCancelExecution, useRerunExecution } from '@/api/queries/execution-changes';
import type { ExecutionDetail, JsonObject } from '@/api/types';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { tellDone, tellError } from '@/components/feedback';
import { isLive } from '@/components/live-status';
import { useNavigate } from '@/components/navigate';
import { useShortcuts, type Shortcut } from '@/components/shortcuts';
import { runRefusal } from '@/components/words';
import { Guarded } from '@/session/Guarded';

const RerunDialog = dynamic(() => import('./RerunDialog').then((module) => module.RerunDialog), { ssr: false });

/** To the neighbours of the same job, stop it, run it again. */
export function ExecutionActions({ execution }: { execution: ExecutionDetail }) {
  const [dialog, setDialog] = useState<'cancel' | 'rerun' | null>(null);
  const { go } = useNavigate();
  const cancel = useCancelExecution();
  const rerun = useRerunExecution();
  const close = () => { setDialog(null); };
  const refusal = runRefusal({ isEnabled: execution.job.state !== 'disabled' });
  const name = `${execution.jobName} #${String(execution.number)}`;
  const runAgain = (taskArgs?: JsonObject) => {
    rerun.mutate(
      { id: execution.id, ...(taskArgs === undefined ? {} : { taskArgs }) },
      {
        onSuccess: ({ executionId }) => {
          close();
          tellDone(`${execution.jobName} was started again`);
          go(`/executions/${executionId}`);
        },
        onError: (error) => { if (taskArgs === undefined) tellError('It was not started again', error); },
      },
    );
  };
  return (
    <>
      <Neighbours execution={execution} />
      {isLive(execution.status) && (
        <Guarded needs="TaskWrite">
          <Button variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} disabled={execution.cancelRequestedAt !== null} onClick={() => { setDialog('cancel'); }}>
            {execution.cancelRequestedAt === null ? 'Cancel' : 'Stopping…'}
          </Button>
        </Guarded>
      )}
      <Button.Group>
        <Guarded needs="TaskWrite" reason={refusal}>
          <Button loading={rerun.isPending && dialog === null} leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => { runAgain(); }}>
            Run again
          </Button>
        </Guarded>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button px={6} aria-label="More ways to run it again" style={{ marginLeft: 1 }}>
              <IconChevronDown size={14} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Guarded needs="TaskWrite" reason={refusal}>
              <Menu.Item onClick={() => { rerun.reset(); setDialog('rerun'); }}>Run again with edited arguments…</Menu.Item>
            </Guarded>
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
      <ConfirmDialog
        opened={dialog === 'cancel'}
        onClose={close}
        title="Cancel this execution?"
        action="Cancel the execution"
        danger
        isPending={cancel.isPending}
        onConfirm={() => {
          cancel.mutate({ id: execution.id }, { onSuccess: () => { tellDone(`${name} was asked to stop`); }, onError: (error) => { tellError('It was not cancelled', error); }, onSettled: close });
        }}
      >
        {execution.status === 'running' ? <>The whole process tree of <b>{name}</b> is stopped. What it has done so far is not undone.</> : <><b>{name}</b> ends without having run.</>}
      </ConfirmDialog>
      {dialog === 'rerun' && <RerunDialog execution={execution} error={rerun.error} isPending={rerun.isPending} onClose={close} onRun={runAgain} />}
    </>
  );
}

/** K and J, as in lists: the run before, the run after. */
function Neighbours({ execution: { previousId, nextId } }: { execution: ExecutionDetail }) {
  const { go } = useNavigate();
  const keys = useMemo<Shortcut[]>(() => {
    const open = (id: string | null) => { if (id !== null) go(`/executions/${id}`); };
    return [
      { keys: 'K', run: () => { open(previousId); } },
      { keys: 'J', run: () => { open(nextId); } },
    ];
  }, [go, previousId, nextId]);
  useShortcuts(keys);
  const button = (label: string, key: string, id: string | null, icon: React.ReactNode) => (
    <Tooltip label={`${label} (${key})`}>
      <ActionIcon variant="default" size={30} aria-label={`${label} of the same job`} disabled={id === null} onClick={() => { if (id !== null) go(`/executions/${id}`); }}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <ActionIcon.Group>
      {button('Run before', 'K', previousId, <IconChevronLeft size={16} aria-hidden />)}
      {button('Run after', 'J', nextId, <IconChevronRight size={16} aria-hidden />)}
    </ActionIcon.Group>
  );
}
