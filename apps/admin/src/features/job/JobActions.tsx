'use client';
import { ActionIcon, Button, Menu, Switch } from '@mantine/core';
import { IconCopy, IconDots, IconEdit, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { useDeleteJob, useDuplicateJob, usePauseJob, useTriggerJob } from '@/api/queries/job-changes';
import type { JobDetail } from '@/api/types';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { tellDone, tellError } from '@/components/feedback';
import { useNavigate } from '@/components/navigate';
import { tellLink } from '@/components/tell-link';
import { useJobToggle } from '@/components/use-job-toggle';
import { counted, runRefusal } from '@/components/words';
import { Guarded } from '@/session/Guarded';
import { useSession } from '@/session/session';
import { useJobKeys } from './use-job-keys';

export interface JobActionsProps {
  job: JobDetail;
  /** Opens the dialog that asks for arguments. */
  onTrigger: () => void;
}

/** Everything that can be done to one job. */
export function JobActions({ job, onTrigger }: JobActionsProps) {
  const { can } = useSession();
  const { go } = useNavigate();
  const [isAskedToDelete, setIsAskedToDelete] = useState(false);
  const toggle = useJobToggle();
  const trigger = useTriggerJob();
  const pause = usePauseJob();
  const duplicate = useDuplicateJob();
  const remove = useDeleteJob();
  const refusal = runRefusal(job);
  const run = () => {
    trigger.mutate(
      { id: job.id },
      { onSuccess: ({ executionId }) => { tellLink(`${job.name} was started.`, { href: `/executions/${executionId}`, label: 'Follow' }); }, onError: (error) => { tellError('The job was not started', error); } },
    );
  };
  useJobKeys(job.id, () => {
    if (refusal !== null) tellError('The job was not started', new Error(refusal));
    else if (!trigger.isPending) run();
  });
  return (
    <>
      <Guarded needs="TaskWrite">
        <Switch
          size="sm"
          label="Enabled"
          checked={job.isEnabled}
          onChange={(event) => {
            toggle(job, event.currentTarget.checked);
          }}
        />
      </Guarded>
      <Guarded needs="TaskWrite" reason={refusal}>
        <Button leftSection={<IconPlayerPlay size={14} aria-hidden />} loading={trigger.isPending} onClick={run}>
          Run now
        </Button>
      </Guarded>
      <Guarded needs="TaskWrite" reason={refusal}>
        <Button variant="default" onClick={onTrigger}>
          Run with arguments
        </Button>
      </Guarded>
      <EditButton id={job.id} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} variant="default" aria-label="More actions">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!can('TaskWrite') && <Menu.Label>Changes need the role Operator</Menu.Label>}
          <Menu.Item
            disabled={!can('TaskWrite') || !job.isEnabled}
            leftSection={job.isPaused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />}
            onClick={() => {
              pause.mutate({ id: job.id, isPaused: !job.isPaused }, { onError: (error) => { tellError('The job was not changed', error); } });
            }}
          >
            {job.isPaused ? 'Resume' : 'Pause'}
          </Menu.Item>
          <Menu.Item
            disabled={!can('TaskWrite')}
            leftSection={<IconCopy size={14} aria-hidden />}
            onClick={() => {
              duplicate.mutate(
                { id: job.id },
                {
                  onSuccess: (copy) => {
                    tellDone(`${copy.name} was made. It is disabled.`);
                    go(`/jobs/${copy.id}/edit`);
                  },
                  onError: (error) => { tellError('The job was not duplicated', error); },
                },
              );
            }}
          >
            Duplicate
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item {...(can('TaskDelete') ? { c: 'var(--status-failed)' } : {})} disabled={!can('TaskDelete')} leftSection={<IconTrash size={14} aria-hidden />} onClick={() => { setIsAskedToDelete(true); }}>
            {can('TaskDelete') ? 'Delete …' : 'Delete (needs the role Admin)'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={isAskedToDelete}
        onClose={() => { setIsAskedToDelete(false); }}
        title="Delete this job?"
        action="Delete"
        typed={job.name}
        danger
        isPending={remove.isPending}
        onConfirm={() => {
          remove.mutate(
            { id: job.id },
            {
              onSuccess: () => {
                tellDone(`${job.name} was deleted.`);
                go('/jobs');
              },
              onError: (error) => { tellError('The job was not deleted', error); },
            },
          );
        }}
      >
        <b>{job.name}</b> and the history of its {counted(job.statistics.total, 'run')} are gone for good.
      </ConfirmDialog>
    </>
  );
}

/** A link cannot be switched off: for those who may not use it, it is a button that is. */
function EditButton({ id }: { id: string }) {
  const { can } = useSession();
  const icon = <IconEdit size={14} aria-hidden />;
  if (can('TaskWrite')) {
    return (
      <Button variant="default" component={Link} href={`/jobs/${id}/edit`} leftSection={icon}>
        Edit
      </Button>
    );
  }
  return (
    <Guarded needs="TaskWrite">
      <Button variant="default" leftSection={icon}>
        Edit
      </Button>
    </Guarded>
  );
}
