'use client';
import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '@/api/client';
import { useTriggerJob } from '@/api/queries/job-changes';
import type { JobDetail } from '@/api/types';
import { ArgumentsEditor } from '@/components/arguments/ArgumentsEditor';
import { fieldsOf, missingMembers } from '@/components/arguments/schema-fields';
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
  const [taskArgs, setTaskArgs] = useState(job.taskArgs ?? {});
  const [isWrong, setIsWrong] = useState(false);
  const [isFollowed, setIsFollowed] = useState(true);
  const [hasTried, setHasTried] = useState(false);
  const { argumentSchema } = job.taskFunction;
  const missing = missingMembers(fieldsOf(argumentSchema), taskArgs);
  const problems = { ...(hasTried ? Object.fromEntries(missing.map((name) => [name, 'The task function needs this.'])) : {}), ...argumentProblems(trigger.error) };
  const run = () => {
    setHasTried(true);
    if (isWrong || missing.length > 0) return;
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
        <ArgumentsEditor
          idPrefix="trigger"
          schema={argumentSchema}
          value={taskArgs}
          problems={problems}
          onChange={(value, wrong) => {
            setTaskArgs(value);
            setIsWrong(Object.keys(wrong).length > 0);
          }}
        />
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

/** Of a 422, by the name of the argument; '' is all of them. */
function argumentProblems(error: Error | null): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.violations.map(({ loc, msg }) => [loc.filter((part) => part !== 'body' && part !== 'taskArgs').join('.'), msg]));
}
