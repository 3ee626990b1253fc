'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';

export interface ConflictDialogProps {
  opened: boolean;
  isPending: boolean;
  onClose: () => void;
  onReload: () => void;
  onOverwrite: () => void;
}

/** Somebody else changed the job while it was being edited here. */
export function ConflictDialog({ opened, isPending, onClose, onReload, onOverwrite }: ConflictDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Somebody else changed this job" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text size="sm">
          It was changed after you opened it. Load it again to see what it is now, which throws away what you typed; or save your changes over it: the members that you changed
          get your values, everything else stays as it is now.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Keep editing
          </Button>
          <Button variant="default" onClick={onReload}>
            Load again
          </Button>
          <Button color="red.9" loading={isPending} onClick={onOverwrite}>
            Overwrite
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
