'use client';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useSession } from '@/session/session';
import { Guarded } from '@/session/Guarded';

/** Bull Board, which this UI passes on under the same login. It can change messages, so that the API opens it to administrators only. */
const BOARD = '/admin/queues';

export function BoardButton() {
  const { can } = useSession();
  const icon = <IconExternalLink size={14} aria-hidden />;
  if (!can('Admin')) {
    return (
      <Guarded needs="Admin">
        <Button variant="default" rightSection={icon}>
          Bull Board
        </Button>
      </Guarded>
    );
  }
  return (
    <Button component="a" href={BOARD} target="_blank" variant="default" rightSection={icon}>
      Bull Board
    </Button>
  );
}

/** To one queue there; without a link for those who may not see it. */
export function BoardLink({ queue }: { queue: string }) {
  const { can } = useSession();
  if (!can('Admin')) return null;
  return (
    <Tooltip label="Open in Bull Board">
      <ActionIcon component="a" href={`${BOARD}/queue/${encodeURIComponent(queue)}`} target="_blank" size={28} aria-label={`Open ${queue} in Bull Board`}>
        <IconExternalLink size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
