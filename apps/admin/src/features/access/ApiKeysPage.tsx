'use client';
import { Button, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { useApiKeys, useRevokeApiKey } from '@/api/queries/access';
import type { ApiKey } from '@/api/types';
import { useNow } from '@/components/clock';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { DataTable } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { tellDone, tellError } from '@/components/feedback';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { useSession } from '@/session/session';
import { keyColumns } from './key-columns';

const CreateKeyDialog = dynamic(() => import('./CreateKeyDialog').then((module) => module.CreateKeyDialog), { ssr: false });

export function ApiKeysPage() {
  const { can, user } = useSession();
  const isAdmin = can('Admin');
  const [whose, setWhose] = useQueryState('whose', parseAsStringLiteral(['own', 'all']).withDefault('own'));
  const showsAll = isAdmin && whose === 'all';
  const keys = useApiKeys(showsAll);
  const revoke = useRevokeApiKey();
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const [isCreating, creating] = useDisclosure(false);
  const columns = keyColumns({ nowMs: useNow(), showsOwner: showsAll, onRevoke: setRevoking });
  const create = (
    <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={creating.open} disabled={user === null}>
      New key
    </Button>
  );
  const confirmRevoke = (key: ApiKey) => {
    revoke.mutate(key.id, {
      onSuccess: () => {
        setRevoking(null);
        tellDone(`“${key.name}” is revoked. The next request with it is refused.`);
      },
      onError: (error) => {
        tellError('The key was not revoked', error);
      },
    });
  };
  return (
    <>
      <PageHeader
        title="API keys"
        subtitle="For programs that use the API. A key acts for the user who made it."
        actions={
          <>
            {isAdmin && (
              <SegmentedControl
                size="xs"
                role="radiogroup"
                aria-label="Whose keys"
                data={[
                  { value: 'own', label: 'Mine' },
                  { value: 'all', label: 'Everybody’s' },
                ]}
                value={whose}
                onChange={(value) => void setWhose(value === 'all' ? 'all' : 'own')}
              />
            )}
            {create}
          </>
        }
      />
      <SectionCard flush>
        <QueryView query={keys} what="The API keys" loading={<DataTable label="API keys" columns={columns} rows={undefined} rowId={() => ''} skeletonRows={3} />}>
          {(data) => (
            <DataTable
              label="API keys"
              columns={columns}
              rows={data.keys}
              rowId={(row) => row.id}
              empty={
                <NothingYet title={showsAll ? 'Nobody has made an API key yet' : 'You have no API keys yet'} action={create}>
                  A script or another system logs in with a key in place of a user name and password.
                </NothingYet>
              }
            />
          )}
        </QueryView>
      </SectionCard>
      <CreateKeyDialog opened={isCreating} onClose={creating.close} />
      <ConfirmDialog
        opened={revoking !== null}
        onClose={() => { setRevoking(null); }}
        onConfirm={() => { if (revoking !== null) confirmRevoke(revoking); }}
        title="Revoke this API key?"
        action="Revoke the key"
        danger
        isPending={revoke.isPending}
        {...(revoking === null ? {} : { typed: revoking.name })}
      >
        Programs that use <b>{revoking?.name}</b> are refused from their next request on. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}
