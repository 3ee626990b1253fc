'use client';
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { debounce, parseAsInteger, parseAsString } from 'nuqs';
import { useState } from 'react';
import { useUsers } from '@/api/queries/access';
import { useAddressState } from '@/components/address-state';
import { DataTable } from '@/components/DataTable';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Pager } from '@/components/Pager';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { PermittedPage } from '@/session/PermittedPage';
import { useSession } from '@/session/session';
import { userColumns, type UserAction } from './user-columns';

const UserDialogs = dynamic(() => import('./UserDialogs').then((module) => module.UserDialogs), { ssr: false });

const STATE = { q: parseAsString.withDefault(''), page: parseAsInteger.withDefault(1) };
const PER_PAGE = 50;
const SEARCH_SETTLES_MS = 250;

export function UsersPage() {
  return (
    <PermittedPage needs="Admin" title="Users">
      <Users />
    </PermittedPage>
  );
}

function Users() {
  const { user } = useSession();
  const [state, setState] = useAddressState(STATE);
  const [asked] = useDebouncedValue(state.q.trim(), SEARCH_SETTLES_MS);
  const users = useUsers({ q: asked, page: state.page, per_page: PER_PAGE });
  const [action, setAction] = useState<UserAction | null>(null);
  const columns = userColumns({ ownId: user?.id ?? null, onAction: setAction });
  return (
    <>
      <PageHeader
        title="Users"
        subtitle="Who may log in, and what they may do."
        actions={
          <>
            <TextInput
              data-search
              size="xs"
              w={220}
              aria-label="Search users"
              placeholder="Search name or e-mail"
              leftSection={<IconSearch size={14} aria-hidden />}
              value={state.q}
              onChange={(event) => void setState({ q: event.currentTarget.value, page: 1 }, { limitUrlUpdates: debounce(SEARCH_SETTLES_MS) })}
            />
            <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => { setAction({ kind: 'create' }); }}>
              New user
            </Button>
          </>
        }
      />
      <SectionCard flush>
        <QueryView query={users} what="The users" loading={<DataTable label="Users" columns={columns} rows={undefined} rowId={() => ''} skeletonRows={4} />}>
          {(data) => (
            <>
              <DataTable
                label="Users"
                columns={columns}
                rows={data.users}
                rowId={(row) => row.id}
                empty={state.q === '' ? <NothingYet title="There are no users" /> : <NothingMatches what="users" onClear={() => void setState(null)} />}
              />
              {data.total > PER_PAGE && <Pager what="user" page={state.page} perPage={PER_PAGE} total={data.total} onPage={(page) => void setState({ page })} />}
            </>
          )}
        </QueryView>
      </SectionCard>
      <UserDialogs action={action} onClose={() => { setAction(null); }} />
    </>
  );
}
