'use client';
import { Button, Group, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChangeUser, useCreateUser, useSetPassword } from '@/api/queries/access';
import { ROLES, type Role, type User } from '@/api/types';
import { tellDone } from '@/components/feedback';
import { emailCheck, filled } from './form-checks';
import { textOf } from '@/components/form-text';
import { FormError } from './FormError';
import { useFormChecks } from './use-form-checks';

const ROLE_CHOICES = [
  { value: 'Admin', label: 'Admin: everything' },
  { value: 'Operator', label: 'Operator: jobs, executions, workers' },
  { value: 'Viewer', label: 'Viewer: looks, changes nothing' },
];
const EYE = { 'aria-label': 'Show the password' };
const NEW_PASSWORD = { password: filled('Enter a password.') };
const CHANGED_USER = { email: emailCheck };
const NEW_USER = { username: filled('Enter a user name.'), ...CHANGED_USER, ...NEW_PASSWORD };
const PASSWORD_RULE = 'At least 8 characters, and none of the passwords that are tried first';

export function CreateUserForm({ onDone }: { onDone: () => void }) {
  const create = useCreateUser();
  const [role, setRole] = useState<Role>('Viewer');
  const { errors, passes } = useFormChecks(NEW_USER, create.error, ['username', 'email', 'password', 'role']);
  const submit = (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!passes(event.currentTarget)) return;
    const form = new FormData(event.currentTarget);
    const username = textOf(form, 'username').trim();
    create.mutate(
      { username, email: emailOf(form), password: textOf(form, 'password'), role },
      {
        onSuccess: () => {
          tellDone(`${username} can log in now.`);
          onDone();
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormError text={errors.general} />
        <TextInput name="username" label="User name" description="Letters, digits and . _ @ -" required maxLength={100} autoComplete="off" autoCapitalize="none" spellCheck={false} data-autofocus error={errors.fields['username']} />
        <TextInput name="email" type="email" label="E-mail" maxLength={255} autoComplete="off" error={errors.fields['email']} />
        <PasswordInput name="password" label="Password" description={PASSWORD_RULE} required autoComplete="new-password" visibilityToggleButtonProps={EYE} error={errors.fields['password']} />
        <RoleSelect value={role} onChange={setRole} error={errors.fields['role']} />
        <Submit isPending={create.isPending} label="Create user" onCancel={onDone} />
      </Stack>
    </form>
  );
}

export function EditUserForm({ user, onDone }: { user: User; onDone: () => void }) {
  const change = useChangeUser();
  const [role, setRole] = useState(user.role);
  const { errors, passes } = useFormChecks(CHANGED_USER, change.error, ['email', 'role']);
  const submit = (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!passes(event.currentTarget)) return;
    const email = emailOf(new FormData(event.currentTarget));
    change.mutate(
      { id: user.id, ...(email === user.email ? {} : { email }), ...(role === user.role ? {} : { role }) },
      {
        onSuccess: () => {
          tellDone(`${user.username} is changed.`);
          onDone();
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormError text={errors.general} />
        <RoleSelect value={role} onChange={setRole} error={errors.fields['role']} />
        <TextInput name="email" type="email" label="E-mail" maxLength={255} defaultValue={user.email ?? ''} autoComplete="off" error={errors.fields['email']} />
        <Text size="xs" c="dimmed">
          A new role holds from the user’s next request on.
        </Text>
        <Submit isPending={change.isPending} label="Save" onCancel={onDone} />
      </Stack>
    </form>
  );
}

export function SetPasswordForm({ user, onDone }: { user: User; onDone: () => void }) {
  const set = useSetPassword();
  const { errors, passes } = useFormChecks(NEW_PASSWORD, set.error, ['password']);
  const submit = (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!passes(event.currentTarget)) return;
    set.mutate(
      { id: user.id, password: textOf(new FormData(event.currentTarget), 'password') },
      {
        onSuccess: () => {
          tellDone(`${user.username} has a new password.`);
          onDone();
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormError text={errors.general} />
        <PasswordInput name="password" label="New password" description={PASSWORD_RULE} required autoComplete="new-password" data-autofocus visibilityToggleButtonProps={EYE} error={errors.fields['password']} />
        <Text size="xs" c="dimmed">
          All logins of {user.username} end. Tell the password by a way that nobody else reads.
        </Text>
        <Submit isPending={set.isPending} label="Set the password" onCancel={onDone} />
      </Stack>
    </form>
  );
}

function RoleSelect({ value, onChange, error }: { value: Role; onChange: (role: Role) => void; error: string | undefined }) {
  return <Select label="Role" data={ROLE_CHOICES} value={value} allowDeselect={false} onChange={(next) => { onChange(ROLES.find((role) => role === next) ?? value); }} error={error} />;
}

function Submit({ isPending, label, onCancel }: { isPending: boolean; label: string; onCancel: () => void }) {
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" loading={isPending}>
        {label}
      </Button>
    </Group>
  );
}

function emailOf(form: FormData): string | null {
  const email = textOf(form, 'email').trim();
  return email === '' ? null : email;
}
