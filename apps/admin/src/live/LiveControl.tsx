'use client';
import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconRefresh } from '@tabler/icons-react';
import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNow } from '@/components/clock';
import { formatDistance } from '@/components/format';
import classes from './LiveControl.module.css';
import { useLive } from './LiveProvider';
import { isLiveMode, LIVE_MODES, MODE_WORDS, type LiveState } from './mode';

const STATE_WORDS: Readonly<Record<LiveState, string>> = { live: 'Live', connecting: 'Connecting', polling: 'Polling', paused: 'Paused', off: 'Off' };

/** How the page is kept up to date, how old it is, and a button to refresh it now. */
export function LiveControl() {
  const { mode, setMode, state, refresh } = useLive();
  const updatedAt = useUpdatedAt();
  const now = useNow();
  const isFetching = useIsFetching() > 0;
  const age = updatedAt === 0 || now === 0 ? null : formatDistance(Math.max(0, (now - updatedAt) / 1_000));
  return (
    <div className={classes.control}>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <UnstyledButton className={classes.pill} aria-label={`Refresh: ${STATE_WORDS[state]}. Change how the page refreshes`}>
            <span className={classes.dot} data-state={state} aria-hidden />
            <span>{state === 'polling' && mode !== 'live' ? MODE_WORDS[mode] : STATE_WORDS[state]}</span>
            {age !== null && <span className={classes.age}>· {age} ago</span>}
            <IconChevronDown size={12} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Refresh this page</Menu.Label>
          <Menu.RadioGroup
            value={mode}
            onChange={(choice) => {
              if (isLiveMode(choice)) setMode(choice);
            }}
          >
            {LIVE_MODES.map((choice) => (
              <Menu.RadioItem key={choice} value={choice} closeMenuOnClick>
                {MODE_WORDS[choice]}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          {mode === 'live' && state === 'polling' && <Menu.Label>The live stream does not answer; asking every 5 s.</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label="Refresh now ( . )">
        <ActionIcon aria-label="Refresh now" onClick={refresh}>
          <IconRefresh size={16} aria-hidden className={isFetching ? classes.spinning : undefined} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** When something last answered, milliseconds; 0 = nothing yet. What the page itself puts into its data, as a switch does, is no answer. */
function useUpdatedAt(): number {
  const client = useQueryClient();
  const [at, setAt] = useState(0);
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'success' && event.action.manual !== true) setAt(Date.now());
      }),
    [client],
  );
  return at;
}
