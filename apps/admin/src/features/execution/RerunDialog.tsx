'use client';
import { Alert, Button, Group, JsonInput, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { JsonObject } from '@/api/types';
import { parseArguments } from './arguments';

export interface RerunDialogProps {
  name: string;
  taskArgs: JsonObject | null;
  error: Error | null;
  isPending: boolean;
  onClose: () => void;
  onRun: (taskArgs: JsonObject) => void;
}

/** The arguments that it had, to be changed for one more run. The job keeps its own. */
export function RerunDialog({ name, taskArgs, error, isPending, onClose, onRun }: RerunDialogProps) {
  const [text, setText] = useState(JSON.stringify(taskArgs ?? {}, null, 2));
  const parsed = parseArguments(text);
  return (
    <Modal opened onClose={onClose} title="Run again with edited arguments" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (parsed.value !== null) onRun(parsed.value);
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            The job of <b>{name}</b> keeps its own arguments; these are for this one run.
          </Text>
          <JsonInput
            data-autofocus
            label="Arguments (JSON)"
            autosize
            minRows={6}
            maxRows={18}
            formatOnBlur
            value={text}
            onChange={setText}
            error={parsed.problem}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }}
          />
          {error !== null && (
            <Alert color="red" role="alert" title="It was not started">
              {error.message}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={parsed.value === null} loading={isPending}>
              Run
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
