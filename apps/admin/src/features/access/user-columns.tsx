import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLogout, IconPassword, IconPencil, IconPower } from '@tabler/icons-react';
import type { User } from '@/api/types';
import type { Column } from '@/components/DataTable';
import { formatCount } from '@/components/format';
import { Instant } from '@/components/Instant';
import { StatusBadge } from '@/components/StatusBadge';
import { Tag } from '@/components/Tag';
import { TwoLines } from '@/components/TwoLines';
import classes from './access.module.css';

/** What an administrator wants to do, to whom. */
export type UserAction = { kind: 'create' } | { kind: 'edit' | 'password' | 'sessions' | 'active'; user: User };

export interface UserColumnsOptions {
  /** Id of who is looking. */
  readonly ownId: string | null;
  readonly onAction: (action: UserAction) => void;
}

export function userColumns({ ownId, onAction }: UserColumnsOptions): Column<User>[] {
  return [
    {
      key: 'name',
      header: 'User',
      isTitle: true,
      cell: (row) => (
        <TwoLines strong below={row.email ?? 'No e-mail'}>
          <span className={classes.row}>
            {row.username}
            {row.id === ownId && <Tag>You</Tag>}
          </span>
        </TwoLines>
      ),
    },
    { key: 'role', header: 'Role', cell: (row) => row.role },
    { key: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.isActive ? 'active' : 'inactive'} /> },
    { key: 'login', header: 'Last login', cell: (row) => <Instant at={row.lastLoginAt} empty="Never" /> },
    { key: 'sessions', header: 'Logins open', align: 'right', cell: (row) => formatCount(row.activeSessions) },
    { key: 'created', header: 'Created', cell: (row) => <Instant at={row.createdAt} /> },
    { key: 'actions', header: 'Actions', isHeaderHidden: true, align: 'right', cell: (row) => <Actions user={row} onAction={onAction} /> },
  ];
}

function Actions({ user, onAction }: { user: User; onAction: (action: UserAction) => void }) {
  const item = (kind: 'edit' | 'password' | 'sessions' | 'active') => () => {
    onAction({ kind, user });
  };
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon size={28} aria-label={`Actions for ${user.username}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={item('edit')}>
          Change role or e-mail
        </Menu.Item>
        <Menu.Item leftSection={<IconPassword size={14} aria-hidden />} onClick={item('password')}>
          Set a new password
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={14} aria-hidden />} onClick={item('sessions')} disabled={user.activeSessions === 0}>
          Log out everywhere
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconPower size={14} aria-hidden />} onClick={item('active')}>
          {user.isActive ? 'Deactivate' : 'Activate'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
