'use client';
import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

const CHOICES = [
  { value: 'auto', word: 'System', icon: IconDeviceDesktop },
  { value: 'light', word: 'Light', icon: IconSun },
  { value: 'dark', word: 'Dark', icon: IconMoon },
] as const;

export function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={150}>
      <Menu.Target>
        <Tooltip label="Theme">
          <ActionIcon aria-label="Theme">
            <IconSun size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => {
            setColorScheme(value as (typeof CHOICES)[number]['value']);
          }}
        >
          {CHOICES.map(({ value, word, icon: Icon }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick rightSection={<Icon size={14} aria-hidden />}>
              {word}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
