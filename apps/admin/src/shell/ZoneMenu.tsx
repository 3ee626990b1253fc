'use client';
import { Popover, UnstyledButton } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import classes from './Header.module.css';
import { useZoneChoice } from './ZoneChoice';
import { ZONE_WORDS } from './zone-words';

/** Loaded when it is opened: a searchable list is an eighth of the frame's size. */
const ZoneChoices = dynamic(() => import('./ZoneChoices').then((module) => module.ZoneChoices), { ssr: false });

/** In which zone times are shown. */
export function ZoneMenu({ isAlwaysWorded = false }: { isAlwaysWorded?: boolean }) {
  const { choice } = useZoneChoice();
  const [isOpen, setIsOpen] = useState(false);
  const word = ZONE_WORDS[choice] ?? choice;
  return (
    <Popover position="bottom-end" width={260} shadow="md" opened={isOpen} onChange={setIsOpen} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.control}
          aria-label={`Times are shown in: ${word}. Change the time zone`}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          <IconWorld size={15} aria-hidden />
          <span className={isAlwaysWorded ? undefined : classes.wide}>{word}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Time zone">
        <ZoneChoices
          onDone={() => {
            setIsOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
