'use client';
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const UNDO_MS = 6_000;

/** Says what was done, and offers for six seconds to take it back. */
export function tellUndoable(message: string, undo: () => void): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <span style={{ overflowWrap: 'anywhere' }}>{message}</span>
        <Button
          variant="default"
          size="compact-xs"
          style={{ flex: 'none' }}
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
    color: 'green',
    autoClose: UNDO_MS,
    withBorder: true,
    role: 'status',
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
