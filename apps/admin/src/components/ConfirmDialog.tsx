'use client';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from './Dialog';

export interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  children: React.ReactNode;
  /** On the button: what will be done, with the count: `Delete 12 jobs`. */
  action: string;
  /** Damage that cannot be undone: this must be typed first (a name, a count). */
  typed?: string;
  danger?: boolean;
  isPending?: boolean;
}

/** Asks as insistently as the damage is big: nothing, a click, or typing a word. */
export function ConfirmDialog({ opened, onClose, ...rest }: ConfirmDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={rest.title}>
      <Body onClose={onClose} {...rest} />
    </Dialog>
  );
}

function Body({ onClose, onConfirm, children, action, typed, danger = false, isPending = false }: Omit<ConfirmDialogProps, 'opened' | 'title'>) {
  const [text, setText] = useState('');
  const isAllowed = typed === undefined || text.trim() === typed;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isAllowed) onConfirm();
      }}
    >
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        {typed !== undefined && (
          <TextInput
            data-autofocus
            label={<>Type <b style={{ overflowWrap: 'anywhere' }}>{typed}</b> to confirm</>}
            value={text}
            autoComplete="off"
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color={danger ? 'red.9' : undefined} disabled={!isAllowed} loading={isPending} {...(typed === undefined ? { 'data-autofocus': true } : {})}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
