'use client';
import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useChangeOwnPassword } from '@/api/queries/access';
import { Dialog } from '@/components/Dialog';
import { tellDone } from '@/components/feedback';
import { filled } from './form-checks';
import { textOf } from '@/components/form-text';
import { FormError } from './FormError';
import { useFormChecks } from './use-form-checks';

const CHECKS = { currentPassword: filled('Enter the password that you have.'), newPassword: filled('Enter a new password.') };
const EYE = { 'aria-label': 'Show the password' };

/** Changes the password of who is logged in. */
export function OwnPasswordDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Change your password">
      <PasswordForm onDone={onClose} />
    </Dialog>
  );
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const change = useChangeOwnPassword();
  const [isMistyped, setIsMistyped] = useState(false);
  const { errors, passes } = useFormChecks(CHECKS, change.error, ['currentPassword', 'newPassword']);
  const submit = (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!passes(event.currentTarget)) return;
    const form = new FormData(event.currentTarget);
    const newPassword = textOf(form, 'newPassword');
    const differs = newPassword !== textOf(form, 'repeated');
    setIsMistyped(differs);
    if (differs) return;
    change.mutate(
      { currentPassword: textOf(form, 'currentPassword'), newPassword },
      {
        onSuccess: () => {
          tellDone('Your password is changed.');
          onDone();
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormError text={errors.general} />
        <PasswordInput name="currentPassword" label="Present password" required autoComplete="current-password" data-autofocus visibilityToggleButtonProps={EYE} error={errors.fields['currentPassword']} />
        <PasswordInput
          name="newPassword"
          label="New password"
          description="At least 8 characters, and none of the passwords that are tried first"
          required
          autoComplete="new-password"
          visibilityToggleButtonProps={EYE}
          error={errors.fields['newPassword']}
        />
        <PasswordInput name="repeated" label="New password again" required autoComplete="new-password" visibilityToggleButtonProps={EYE} error={isMistyped ? 'Differs from the one above' : undefined} />
        <Text size="xs" c="dimmed">
          Your other logins end.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Change the password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
