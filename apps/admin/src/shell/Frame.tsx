'use client';
/** The frame around every page: navigation, header, footer, keys. */
import { AppShell } from '@mantine/core';
import { useDisclosure, useHotkeys, useLocalStorage } from '@mantine/hooks';
import { useSpotlight } from '@mantine/spotlight';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { useNavigate } from '@/components/navigate';
import { useLeavableSearch } from '@/components/search-field';
import { useShortcuts, type Shortcut } from '@/components/shortcuts';
import { useLive } from '@/live/LiveProvider';
import { useSession } from '@/session/session';
import { Footer } from './Footer';
import classes from './Frame.module.css';
import { Header } from './Header';
import { ALL_PAGES } from './navigation';
import { NavigationBar } from './NavigationBar';
import { palette, paletteStore } from './palette';

const CommandPalette = dynamic(() => import('./CommandPalette').then((module) => module.CommandPalette), { ssr: false });
const ShortcutsDialog = dynamic(() => import('./ShortcutsDialog').then((module) => module.ShortcutsDialog), { ssr: false });

export function Frame({ children }: { children: React.ReactNode }) {
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const [hasShortcuts, shortcuts] = useDisclosure(false);
  const [isFolded, setIsFolded] = useLocalStorage({ key: 'takt.nav-folded', defaultValue: false });
  const { environmentLabel } = useSession();
  const isPaletteWanted = useOpenedOnce();
  useFrameKeys({ fold: () => { setIsFolded((folded) => !folded); }, showShortcuts: shortcuts.open });
  const ribbon = environmentLabel === null ? 0 : 24;
  return (
    <AppShell
      header={{ height: 52 + ribbon }}
      footer={{ height: 28 }}
      navbar={{ width: isFolded ? 60 : 216, breakpoint: 'sm', collapsed: { mobile: !isDrawerOpen } }}
      layout="alt"
      padding={0}
      transitionDuration={120}
    >
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <AppShell.Header className={classes.header}>
        {environmentLabel !== null && <div className={classes.ribbon}>{environmentLabel}</div>}
        <div style={{ height: 52 }}>
          <Header isDrawerOpen={isDrawerOpen} onDrawer={drawer.toggle} onShortcuts={shortcuts.open} />
        </div>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar}>
        <NavigationBar isFolded={isFolded && !isDrawerOpen} onFold={() => { setIsFolded(!isFolded); }} onNavigate={drawer.close} />
      </AppShell.Navbar>
      {isDrawerOpen && <div className={classes.shade} onClick={drawer.close} aria-hidden />}
      <AppShell.Main className={classes.main} id="main" tabIndex={-1}>
        <div className={classes.page}>{children}</div>
      </AppShell.Main>
      <AppShell.Footer className={classes.footer}>
        <Footer />
      </AppShell.Footer>
      {isPaletteWanted && <CommandPalette />}
      {hasShortcuts && <ShortcutsDialog opened onClose={shortcuts.close} />}
    </AppShell>
  );
}

/** Whether the palette has been asked for: until then its script is not loaded. */
function useOpenedOnce(): boolean {
  const { opened } = useSpotlight(paletteStore);
  const [wasOpened, setWasOpened] = useState(false);
  if (opened && !wasOpened) setWasOpened(true);
  return wasOpened;
}

function useFrameKeys({ fold, showShortcuts }: { fold: () => void; showShortcuts: () => void }): void {
  const { go } = useNavigate();
  const { can } = useSession();
  const { refresh, mode, setMode } = useLive();
  const keys = useMemo<Shortcut[]>(
    () => [
      ...ALL_PAGES.filter(({ needs }) => can(needs)).map(({ key, href }): Shortcut => ({ keys: `g ${key}`, run: () => { go(href); } })),
      { keys: '.', run: refresh },
      { keys: 'l', run: () => { setMode(mode === 'off' ? 'live' : 'off'); } },
      { keys: '[', run: fold },
      { keys: '?', run: showShortcuts },
      ...(can('TaskWrite') ? [{ keys: 'n', run: () => { go('/jobs/new'); } } as const] : []),
      { keys: '/', run: focusSearch },
    ],
    [can, fold, go, mode, refresh, setMode, showShortcuts],
  );
  useShortcuts(keys);
  useLeavableSearch();
  useHotkeys([['mod+K', palette.toggle]], []);
}

/** The search field of the page (`data-search`); where there is none, that of the palette. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('input[data-search]');
  if (field === null) palette.open();
  else field.focus();
}
