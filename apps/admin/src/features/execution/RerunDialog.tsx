'use client';
import { Alert, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useJob } from '@/api/queries/jobs';
import type { ExecutionDetail, JobDetail, JsonObject } from '@/api/types';
import { ArgumentsEditor } from '@/components/arguments/ArgumentsEditor';
import { refusedArguments } from '@/components/arguments/refused';
import { useRunArguments } from '@/components/arguments/use-run-arguments';
import { QueryView } from '@/components/QueryView';
import { runRefusal } from '@/components/words';

export interface RerunDialogProps {
  execution: ExecutionDetail;
  error: Error | null;
  isPending: boolean;
  onClose: () => void;
  onRun: (taskArgs: JsonObject) => void;
}

/** The arguments that it had, to be changed for one more run. The job keeps its own. */
export function RerunDialog(props: RerunDialogProps) {
  const job = useJob(props.execution.jobId);
  return (
    <Modal opened onClose={props.onClose} title="Run again with edited arguments" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <QueryView query={job} what="What its job takes" loading={<Skeleton height={220} />}>
        {({ data }) => <Form job={data} {...props} />}
      </QueryView>
    </Modal>
  );
}

function Form({ job, execution, error, isPending, onClose, onRun }: RerunDialogProps & { job: JobDetail }) {
  const { argumentSchema, displayName, name } = job.taskFunction;
  const { taskArgs, isWrong, editor, check } = useRunArguments({ schema: argumentSchema, initial: execution.taskArgs, refusal: error });
  const refusal = runRefusal(job);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (check()) onRun(taskArgs);
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {displayName}, once and now{name !== execution.taskFunction && ` (this execution ran ${execution.taskFunction})`}. The arguments are those of {execution.jobName} #{execution.number}; the job keeps its own.
        </Text>
        <ArgumentsEditor idPrefix="rerun" schema={argumentSchema} {...editor} />
        {error !== null && Object.keys(refusedArguments(error)).length === 0 && (
          <Alert color="red" role="alert" title="It was not started">
            {error.message}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={isWrong || refusal !== null} loading={isPending}>
            Run
          </Button>
        </Group>
        {refusal !== null && <Text size="xs" c="dimmed">{refusal}</Text>}
      </Stack>
    </form>
  );
}
