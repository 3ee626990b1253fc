'use client';
import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { SectionCard } from '@/components/SectionCard';
import { useSession } from '@/session/session';
import { BOARD } from './board';
import classes from './queues.module.css';

/** Bull Board in a frame: what is in the store of the queues, message by message. */
export function BoardCard() {
  const { can } = useSession();
  return (
    <SectionCard
      flush
      title="Bull Board"
      description={can('Admin') ? 'The messages themselves, and what can be done with them.' : 'The messages themselves. Administrators can change them; you can look.'}
      actions={
        <Button component="a" href={BOARD} target="_blank" variant="default" rightSection={<IconExternalLink size={14} aria-hidden />}>
          Open in a new tab
        </Button>
      }
    >
      <iframe className={classes.board} src={BOARD} title="Bull Board" loading="lazy" />
    </SectionCard>
  );
}
