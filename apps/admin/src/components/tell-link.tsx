'use client';
import { Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { TextLink } from './TextLink';

/** Says what was done, with a link to what came of it. */
export function tellLink(message: string, { href, label }: { href: string; label: string }): void {
  notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <span style={{ overflowWrap: 'anywhere' }}>{message}</span>
        <TextLink href={href}>{label}</TextLink>
      </Group>
    ),
    color: 'green',
    autoClose: 6_000,
    withBorder: true,
    role: 'status',
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
