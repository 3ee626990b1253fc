'use client';
import { Menu, Select, UnstyledButton } from '@mantine/core';
import { IconCheck, IconWorld } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { browserZone } from '@/components/zone';
import classes from './Header.module.css';
import { useZoneChoice } from './ZoneChoice';

const WORDS: Readonly<Record<string, string>> = { job: 'Job zone', browser: 'Browser zone', UTC: 'UTC' };

/** In which zone times are shown. */
export function ZoneMenu() {
  const { choice, choose } = useZoneChoice();
  const [isOpen, setIsOpen] = useState(false);
  const [own, setOwn] = useState('');
  // eslint-disable-next-line react-hooks/set-state-in-effect -- only the browser knows it, after the first paint
  useEffect(() => { setOwn(browserZone()); }, []);
  return (
    <Menu position="bottom-end" width={260} opened={isOpen} onChange={setIsOpen} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.control} aria-label={`Times are shown in: ${WORDS[choice] ?? choice}. Change the time zone`}>
          <IconWorld size={15} aria-hidden />
          <span className={classes.wide}>{WORDS[choice] ?? choice}</span>
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
            <Select
              aria-label="Another time zone"
              placeholder="Another zone …"
              searchable
              size="xs"
              data={Intl.supportedValuesOf('timeZone')}
              value={choice in WORDS ? null : choice}
              comboboxProps={{ withinPortal: false }}
              maxDropdownHeight={220}
              limit={60}
              onChange={(value) => {
                if (value === null) return;
                choose(value);
                setIsOpen(false);
              }}
            />
          )}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
