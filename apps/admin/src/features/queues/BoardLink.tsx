'use client';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { BOARD } from './board';

/** To one queue in Bull Board. */
export function BoardLink({ queue }: { queue: string }) {
  return (
    <Tooltip label="Open in Bull Board">
      <ActionIcon component="a" href={`${BOARD}/queue/${encodeURIComponent(queue)}`} target="_blank" size={28} aria-label={`Open ${queue} in Bull Board`}>
        <IconExternalLink size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
