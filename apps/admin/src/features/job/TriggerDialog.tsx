'use client';
import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '@/api/client';
import { useTriggerJob } from '@/api/queries/job-changes';
import type { JobDetail } from '@/api/types';
import { ArgumentsEditor } from '@/components/arguments/ArgumentsEditor';
import { useRunArguments } from '@/components/arguments/use-run-arguments';
import { tellDone, tellError } from '@/components/feedback';
import { useNavigate } from '@/components/navigate';
import { runRefusal } from '@/components/words';

export interface TriggerDialogProps {
  job: JobDetail;
  opened: boolean;
  /** Settles when the address no longer asks for the dialog: a navigation before that would be undone by it. */
  onClose: () => Promise<unknown>;
}

/** Runs a job once, with other arguments if wished; the job keeps its own. */
export function TriggerDialog({ job, opened, onClose }: TriggerDialogProps) {
  return (
    <Modal opened={opened} onClose={() => void onClose()} size="lg" title={`Run ${job.name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Body job={job} onClose={onClose} />
    </Modal>
  );
}

function Body({ job, onClose }: { job: JobDetail; onClose: () => Promise<unknown> }) {
  const { go } = useNavigate();
  const trigger = useTriggerJob();
  const [isFollowed, setIsFollowed] = useState(true);
  const { argumentSchema } = job.taskFunction;
  const { taskArgs, isWrong, editor, check } = useRunArguments({ schema: argumentSchema, initial: job.taskArgs, refusal: trigger.error });
  const run = () => {
    if (!check()) return;
    const isOwn = JSON.stringify(taskArgs) === JSON.stringify(job.taskArgs ?? {});
    trigger.mutate(
      { id: job.id, ...(isOwn ? {} : { taskArgs }) },
      {
        onSuccess: ({ executionId }) => {
          void onClose().then(() => {
            if (isFollowed) go(`/executions/${executionId}`);
            else tellDone(`${job.name} was started.`);
          });
        },
        onError: (error) => {
          if (!(error instanceof ApiError) || error.violations.length === 0) tellError('The job was not started', error);
        },
      },
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {job.taskFunction.displayName}, once and now. The arguments are those of the job; a change holds for this run only.
        </Text>
        <ArgumentsEditor idPrefix="trigger" schema={argumentSchema} {...editor} />
        <Group justify="space-between" gap="sm">
          <Checkbox size="xs" label="Follow the run" checked={isFollowed} onChange={(event) => { setIsFollowed(event.currentTarget.checked); }} />
          <Group gap="xs">
            <Button variant="default" onClick={() => void onClose()}>
              Cancel
            </Button>
            <Button type="submit" loading={trigger.isPending} disabled={isWrong || !job.isEnabled}>
              Run
            </Button>
          </Group>
        </Group>
        {!job.isEnabled && <Text size="xs" c="dimmed">{runRefusal(job)}</Text>}
      </Stack>
    </form>
  );
}
