'use client';
import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconWorld } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { browserZone } from '@/components/zone';
import classes from './Header.module.css';
import { useZoneChoice } from './ZoneChoice';

/** Loaded when the menu is opened: a searchable list is a third of the frame's size. */
const ZonePicker = dynamic(() => import('./ZonePicker').then((module) => module.ZonePicker), { ssr: false });

const WORDS: Readonly<Record<string, string>> = { job: 'Job zone', browser: 'Browser zone', UTC: 'UTC' };

/** In which zone times are shown. */
export function ZoneMenu({ isAlwaysWorded = false }: { isAlwaysWorded?: boolean }) {
  const { choice, choose } = useZoneChoice();
  const [isOpen, setIsOpen] = useState(false);
  const [own, setOwn] = useState('');
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- only the browser knows it, after the first paint
    setOwn(browserZone());
  }, []);
  return (
    <Menu position="bottom-end" width={260} opened={isOpen} onChange={setIsOpen} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.control} aria-label={`Times are shown in: ${WORDS[choice] ?? choice}. Change the time zone`}>
          <IconWorld size={15} aria-hidden />
          <span className={isAlwaysWorded ? undefined : classes.wide}>{WORDS[choice] ?? choice}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Show times in</Menu.Label>
        {Object.entries(WORDS).map(([value, word]) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={choice === value}
            rightSection={choice === value ? <IconCheck size={14} aria-hidden /> : null}
            onClick={() => {
              choose(value);
              setIsOpen(false);
            }}
          >
            {word}
            {value === 'browser' && own !== '' && <span className={classes.aside}> {own}</span>}
          </Menu.Item>
        ))}
        <div style={{ padding: '6px 8px' }}>
          {isOpen && (
            <ZonePicker
              value={choice in WORDS ? null : choice}
              onPick={(zone) => {
                choose(zone);
                setIsOpen(false);
              }}
            />
          )}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
