'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBook2, IconKey, IconKeyboard, IconLogout, IconPassword, IconStack2, IconUser } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useLogOut } from '@/api/queries/session';
import { tellError } from '@/components/feedback';
import { useSession } from '@/session/session';

const OwnPasswordDialog = dynamic(() => import('@/features/access/OwnPasswordDialog').then((module) => module.OwnPasswordDialog), { ssr: false });

export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { user, can } = useSession();
  const logOut = useLogOut();
  const [isChangingPassword, password] = useDisclosure(false);
  const name = user?.username ?? user?.email ?? '…';
  return (
    <>
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" radius="xl" size={28} aria-label={`User menu of ${name}`}>
          {user === null ? <IconUser size={14} aria-hidden /> : <span style={{ fontSize: 11, fontWeight: 600 }}>{name.slice(0, 2).toUpperCase()}</span>}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}
          {user?.role !== null && user?.role !== undefined && ` · ${user.role}`}
        </Menu.Label>
        <Menu.Item leftSection={<IconKeyboard size={14} aria-hidden />} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconBook2 size={14} aria-hidden />} component="a" href="/docs" target="_blank">
          API documentation
        </Menu.Item>
        {can('SystemRead') && (
          <Menu.Item leftSection={<IconStack2 size={14} aria-hidden />} component="a" href="/admin/queues" target="_blank">
            Bull Board
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKey size={14} aria-hidden />} component={Link} href="/settings/api-keys">
          Your API keys
        </Menu.Item>
        <Menu.Item leftSection={<IconPassword size={14} aria-hidden />} onClick={password.open}>
          Change password
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={14} aria-hidden />}
          onClick={() => {
            logOut.mutate(undefined, {
              onSuccess: () => {
                window.location.assign('/login');
              },
              onError: (error) => {
                tellError('You are still logged in', error);
              },
            });
          }}
        >
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
    {isChangingPassword && <OwnPasswordDialog opened onClose={password.close} />}
    </>
  );
}
