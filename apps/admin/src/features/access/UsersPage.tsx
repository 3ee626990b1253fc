'use client';
import { useUsers } from '@/api/queries/access';
import { DataTable } from '@/components/DataTable';
import { Instant } from '@/components/Instant';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';

export function UsersPage() {
  const users = useUsers({ per_page: 50 });
  return (
    <>
      <PageHeader title="Users" />
      <SectionCard flush>
        <QueryView query={users} what="The users" loading={null}>
          {(data) => (
            <DataTable
              label="Users"
              rows={data.users}
              rowId={(row) => row.id}
              columns={[
                { key: 'name', header: 'User name', isTitle: true, cell: (row) => row.username },
                { key: 'email', header: 'E-mail', cell: (row) => row.email },
                { key: 'role', header: 'Role', cell: (row) => row.role },
                { key: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.isActive ? 'active' : 'inactive'} /> },
                { key: 'login', header: 'Last login', cell: (row) => <Instant at={row.lastLoginAt} empty="Never" /> },
              ]}
            />
          )}
        </QueryView>
      </SectionCard>
    </>
  );
}
