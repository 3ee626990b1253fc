import { ActionIcon, Group, Menu, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconCopy, IconDots, IconHistory, IconPencil, IconPlayerPause, IconPlayerPlay, IconPlayerPlayFilled, IconTrash } from '@tabler/icons-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useDuplicateJob, usePauseJob } from '@/api/queries/job-changes';
import type { Job } from '@/api/types';
import { tellDone, tellError } from '@/components/feedback';
import { editFromList } from '@/components/list-return';
import { tellLink } from '@/components/tell-link';
import { runRefusal } from '@/components/words';
import { Guarded } from '@/session/Guarded';
import { useSession } from '@/session/session';
import { useJobRun } from './use-job-run';

export interface RowActionsProps {
  job: Job;
  onDelete: (job: Job) => void;
  /** @param id of the copy */
  onDuplicated: (id: string) => void;
}

export function RowActions(props: RowActionsProps) {
  const { job } = props;
  const { run, isPending } = useJobRun();
  return (
    <Group gap={2} wrap="nowrap" justify="flex-end" ml="auto">
      <Guarded needs="TaskWrite" reason={runRefusal(job)}>
        <ActionIcon aria-label={`Run ${job.name} now`} loading={isPending} onClick={() => { run(job); }}>
          <IconPlayerPlayFilled size={14} aria-hidden />
        </ActionIcon>
      </Guarded>
      <Menu position="bottom-end" width={200} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Tooltip label="More">
            <ActionIcon aria-label={`More for ${job.name}`}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <RowMenu {...props} />
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function RowMenu({ job, onDelete, onDuplicated }: RowActionsProps) {
  const { can } = useSession();
  const pause = usePauseJob();
  const duplicate = useDuplicateJob();
  const search = useSearchParams().toString();
  const mayWrite = can('TaskWrite');
  const setPaused = (isPaused: boolean) => {
    pause.mutateAsync({ id: job.id, isPaused }).then(
      () => { tellDone(`“${job.name}” is ${isPaused ? 'paused' : 'running by its schedule again'}.`); },
      (error: unknown) => { tellError(`“${job.name}” was not changed`, error); },
    );
  };
  const copy = () => {
    duplicate.mutateAsync({ id: job.id }).then(
      (made) => {
        onDuplicated(made.id);
        tellLink(`Made “${made.name}”, disabled.`, { href: `/jobs/${made.id}`, label: 'Open' });
      },
      (error: unknown) => { tellError(`“${job.name}” was not duplicated`, error); },
    );
  };
  return (
    <>
      {!mayWrite && <Menu.Label>Changes need the role Operator</Menu.Label>}
      {mayWrite && !job.isEnabled && <Menu.Label>{runRefusal(job)}</Menu.Label>}
      <LinkItem href={`/jobs/${job.id}?trigger=1`} icon={<IconPlayerPlay size={14} aria-hidden />} isAllowed={mayWrite && job.isEnabled}>
        Run with arguments…
      </LinkItem>
      <LinkItem href={editFromList(job.id, search)} icon={<IconPencil size={14} aria-hidden />} isAllowed={mayWrite}>
        Edit
      </LinkItem>
      <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} disabled={!mayWrite} onClick={copy}>
        Duplicate
      </Menu.Item>
      <Menu.Item
        leftSection={job.isPaused ? <IconArrowBackUp size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />}
        disabled={!mayWrite || !job.isEnabled}
        onClick={() => { setPaused(!job.isPaused); }}
      >
        {job.isPaused ? 'Resume' : 'Pause'}
      </Menu.Item>
      <LinkItem href={`/executions?job_id=${job.id}&range=30d`} icon={<IconHistory size={14} aria-hidden />} isAllowed>
        Executions
      </LinkItem>
      <Menu.Divider />
      {mayWrite && !can('TaskDelete') && <Menu.Label>Deleting needs the role Admin</Menu.Label>}
      <Menu.Item {...(can('TaskDelete') ? { c: 'var(--status-failed)' } : {})} leftSection={<IconTrash size={14} aria-hidden />} disabled={!can('TaskDelete')} onClick={() => { onDelete(job); }}>
        Delete…
      </Menu.Item>
    </>
  );
}

/** A link that is switched off is no link: an anchor cannot be disabled. */
function LinkItem({ href, icon, isAllowed, children }: { href: string; icon: React.ReactNode; isAllowed: boolean; children: React.ReactNode }) {
  return isAllowed ? (
    <Menu.Item component={Link} href={href} leftSection={icon}>
      {children}
    </Menu.Item>
  ) : (
    <Menu.Item disabled leftSection={icon}>
      {children}
    </Menu.Item>
  );
}
