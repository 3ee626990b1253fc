'use client';
import { Button } from '@mantine/core';
import { IconZoomQuestion } from '@tabler/icons-react';
import Link from 'next/link';
import { NothingYet } from './EmptyState';
import { PageHeader } from './PageHeader';

const LISTS = {
  job: { href: '/jobs', to: 'To the jobs' },
  execution: { href: '/executions', to: 'To the executions' },
  worker: { href: '/workers', to: 'To the workers' },
} as const;

/** The page of something that is not there: an id that never was one, or what has been deleted. */
export function NoSuchThing({ kind }: { kind: keyof typeof LISTS }) {
  const { href, to } = LISTS[kind];
  return (
    <>
      <PageHeader title={`There is no such ${kind}`} />
      <NothingYet
        title={`No ${kind} has the id in this address`}
        icon={IconZoomQuestion}
        action={
          <Button component={Link} href={href} variant="default">
            {to}
          </Button>
        }
      >
        The address may be mistyped, or what it showed has been deleted.
      </NothingYet>
    </>
  );
}
