'use client';
import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronsLeft, IconChevronsRight } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useLive } from '@/live/LiveProvider';
import { useSession } from '@/session/session';
import { Logo } from '@/components/Logo';
import { ADMIN_PAGES, isWithin, PAGES, type Destination } from './navigation';
import classes from './NavigationBar.module.css';
import { ZoneMenu } from './ZoneMenu';

export interface NavigationBarProps {
  isFolded: boolean;
  onFold: () => void;
  onNavigate: () => void;
}

export function NavigationBar({ isFolded, onFold, onNavigate }: NavigationBarProps) {
  const { can } = useSession();
  const administered = ADMIN_PAGES.filter(({ needs }) => can(needs));
  return (
    <nav aria-label="Main" className={classes.bar} data-folded={isFolded || undefined}>
      <Link href="/" className={classes.brand} aria-label="Takt, to the overview" onClick={onNavigate}>
        <Logo />
        {!isFolded && <span>Takt</span>}
      </Link>
      <ul className={classes.list}>
        {PAGES.map((page) => (
          <Entry key={page.href} page={page} isFolded={isFolded} onNavigate={onNavigate} />
        ))}
      </ul>
      {administered.length > 0 && (
        <>
          <p className={classes.group}>{isFolded ? '\u00a0' : can('Admin') ? 'Administration' : 'Access'}</p>
          <ul className={classes.list}>
            {administered.map((page) => (
              <Entry key={page.href} page={page} isFolded={isFolded} onNavigate={onNavigate} />
            ))}
          </ul>
        </>
      )}
      <div className={classes.bottom}>
        <span className={classes.phoneOnly}>
          <ZoneMenu isAlwaysWorded />
        </span>
        <Tooltip label={isFolded ? 'Unfold ( [ )' : 'Fold ( [ )'} position="right">
          <UnstyledButton className={classes.fold} onClick={onFold} aria-label={isFolded ? 'Unfold the navigation' : 'Fold the navigation'}>
            {isFolded ? <IconChevronsRight size={16} aria-hidden /> : <IconChevronsLeft size={16} aria-hidden />}
          </UnstyledButton>
        </Tooltip>
      </div>
    </nav>
  );
}

function Entry({ page, isFolded, onNavigate }: { page: Destination; isFolded: boolean; onNavigate: () => void }) {
  const pathname = usePathname();
  const { refresh } = useLive();
  const isHere = isWithin(page.href, pathname);
  const Icon = page.icon;
  return (
    <li>
      <Tooltip label={page.label} position="right" disabled={!isFolded}>
        <Link
          href={page.href}
          className={classes.entry}
          aria-current={isHere ? 'page' : undefined}
          aria-label={isFolded ? page.label : undefined}
          onClick={() => {
            if (pathname === page.href) refresh();
            onNavigate();
          }}
        >
          <Icon size={17} stroke={1.7} aria-hidden />
          {!isFolded && <span>{page.label}</span>}
        </Link>
      </Tooltip>
    </li>
  );
}
