'use client';
import { Button, Skeleton } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import Link from 'next/link';
import type { Permission } from '@/api/types';
import { NothingYet } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { ROLE_OF } from './roles';
import { useSession } from './session';

/** A page that asks the API for nothing before it is known that the user may see it, and else says what is needed. */
export function PermittedPage({ needs, title, children }: { needs: Permission; title: string; children: React.ReactNode }) {
  const { can, user } = useSession();
  if (user === null) return <Skeleton height={320} />;
  if (can(needs)) return <>{children}</>;
  return (
    <>
      <PageHeader title={title} />
      <NothingYet
        title={`This page needs ${ROLE_OF[needs]}`}
        icon={IconLock}
        action={
          <Button component={Link} href="/" variant="default">
            To the overview
          </Button>
        }
      >
        {`You are logged in as ${user.username}. An administrator can give you another role.`}
      </NothingYet>
    </>
  );
}
