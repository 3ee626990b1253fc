'use client';
import { Burger, Kbd, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { LiveControl } from '@/live/LiveControl';
import { CrumbName } from './CrumbName';
import classes from './Header.module.css';
import { crumbsOf } from './navigation';
import { palette } from './palette';
import { ThemeMenu } from './ThemeMenu';
import { UserMenu } from './UserMenu';
import { ZoneMenu } from './ZoneMenu';

export function Header({ isDrawerOpen, onDrawer, onShortcuts }: { isDrawerOpen: boolean; onDrawer: () => void; onShortcuts: () => void }) {
  return (
    <div className={classes.header}>
      <Burger opened={isDrawerOpen} onClick={onDrawer} hiddenFrom="sm" size="sm" aria-label={isDrawerOpen ? 'Close the navigation' : 'Open the navigation'} />
      <Breadcrumb />
      <div className={classes.controls}>
        <UnstyledButton className={classes.search} onClick={palette.open} aria-label="Search and commands">
          <IconSearch size={14} aria-hidden />
          <span className={classes.searchText}>Search</span>
          <Kbd size="xs" className={classes.searchText}>
            Ctrl K
          </Kbd>
        </UnstyledButton>
        <LiveControl />
        <span className={classes.notPhone}>
          <ZoneMenu />
        </span>
        <ThemeMenu />
        <UserMenu onShortcuts={onShortcuts} />
      </div>
    </div>
  );
}

function Breadcrumb() {
  const crumbs = crumbsOf(usePathname());
  return (
    <nav aria-label="Breadcrumb" className={classes.breadcrumb}>
      <ol>
        {crumbs.map(({ label, href, thing }, at) => {
          const name = <CrumbName label={label} thing={thing} />;
          return (
            <li key={label + String(at)}>
              {at > 0 && <IconChevronRight size={12} aria-hidden />}
              {href === null ? <span aria-current="page">{name}</span> : <Link href={href}>{name}</Link>}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
