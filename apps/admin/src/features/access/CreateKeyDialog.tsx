'use client';
import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCreateApiKey } from '@/api/queries/access';
import type { Permission } from '@/api/types';
import { Dialog } from '@/components/Dialog';
import { useSession } from '@/session/session';
import { filled } from './form-checks';
import { textOf } from '@/components/form-text';
import { FormError } from './FormError';
import { expiryAfter, grantable, LIFETIMES, PERMISSION_WORDS } from './key-state';
import { NewKey } from './NewKey';
import { useFormChecks } from './use-form-checks';

const CHECKS = { name: filled('Say what uses the key.') };
const DEFAULT_DAYS = '90';

/** Asks what a key is for and may do, then shows it: the only time that it can be seen. */
export function CreateKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const create = useCreateApiKey();
  const close = () => {
    create.reset();
    onClose();
  };
  const made = create.data;
  return (
    <Dialog opened={opened} onClose={close} title={made === undefined ? 'New API key' : 'Copy the key now'} size="lg" isLightlyClosed={made === undefined}>
      {made === undefined ? <KeyForm create={create} onCancel={close} /> : <NewKey name={made.name} secret={made.key} onDone={close} />}
    </Dialog>
  );
}

function KeyForm({ create, onCancel }: { create: ReturnType<typeof useCreateApiKey>; onCancel: () => void }) {
  const { user } = useSession();
  const offered = grantable(user?.permissions ?? []);
  const [permissions, setPermissions] = useState<string[]>(['TaskRead']);
  const [days, setDays] = useState(DEFAULT_DAYS);
  const { errors, passes } = useFormChecks(CHECKS, create.error, ['name', 'permissions', 'expiresAt']);
  const submit = (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!passes(event.currentTarget)) return;
    const name = textOf(new FormData(event.currentTarget), 'name').trim();
    create.mutate({ name, permissions: permissions as Permission[], expiresAt: expiryAfter(days === '' ? null : Number(days), Date.now()) });
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormError text={errors.general} />
        <TextInput name="name" label="Name" description="What uses it, e.g. deployment-service" required maxLength={255} autoComplete="off" data-autofocus error={errors.fields['name']} />
        <Checkbox.Group label="It may" description="Nothing that you may not do yourself" value={permissions} onChange={setPermissions} error={errors.fields['permissions']} required>
          <Stack gap={6} mt="xs">
            {offered.map((permission) => (
              <Checkbox key={permission} size="xs" value={permission} label={permission} description={PERMISSION_WORDS[permission]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label="It expires after"
          data={LIFETIMES.map(([label, life]) => ({ label, value: life === null ? '' : String(life) }))}
          value={days}
          allowDeselect={false}
          onChange={(value) => { setDays(value ?? DEFAULT_DAYS); }}
          error={errors.fields['expiresAt']}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={permissions.length === 0}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
