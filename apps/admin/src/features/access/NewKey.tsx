'use client';
import { Button, Group, Stack, Text } from '@mantine/core';
import { CopyButton } from '@/components/CopyButton';
import { useSession } from '@/session/session';
import { curlSample, reachableUrl } from './key-state';
import classes from './access.module.css';

/** A key that was just made. It is nowhere else: the API keeps only its hash. */
export function NewKey({ name, secret, onDone }: { name: string; secret: string; onDone: () => void }) {
  const { apiUrl } = useSession();
  return (
    <Stack gap="md">
      <Text size="sm">
        This is the only time that the key of <b>{name}</b> is shown. Takt keeps a hash of it, from which nobody can get it back.
      </Text>
      <Secret label="API key" value={secret} />
      {apiUrl !== null && (
        <>
          <Secret label="Try it" value={curlSample(reachableUrl(apiUrl, window.location.hostname), secret)} />
          <Text size="xs" c="dimmed">
            There this page’s own server reaches the API. Where a proxy stands before the API, its address is another one.
          </Text>
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onDone}>I have copied it</Button>
      </Group>
    </Stack>
  );
}

function Secret({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <div className={classes.label}>{label}</div>
      <div className={classes.secret}>
        <code className={classes.code} tabIndex={0} role="region" aria-label={label}>
          {value}
        </code>
        <CopyButton value={value} what={label === 'API key' ? 'the key' : 'the command'} />
      </div>
    </div>
  );
}
