'use client';
import { Button, Group, Popover, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { instantOfWall, wallOf } from '@/components/fires/wall-time';
import { formatInstant } from '@/components/format';
import { useZone } from '@/components/zone';
import type { ExplorerChange } from './explorer-state';
import { isCustom, PRESETS, type Range, type RangeChoice } from './range';
import classes from './RangePicker.module.css';

export interface RangePickerProps {
  choice: RangeChoice;
  range: Range;
  onChange: (change: ExplorerChange) => void;
}

/** Ranges that end now, and one with both ends in the zone that the page shows. */
export function RangePicker({ choice, range, onChange }: RangePickerProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const zone = useZone();
  return (
    <Popover opened={opened} onChange={close} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Button variant="default" onClick={toggle} leftSection={<IconCalendar size={14} aria-hidden />} rightSection={<IconChevronDown size={12} aria-hidden />}>
          <span className="tabular">{labelOf(choice, range, zone)}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label="Time range">
        <div className={classes.presets}>
          {PRESETS.map(({ key, label }) => (
            <button
              key={key}
              type="button"
              className={classes.preset}
              aria-pressed={!isCustom(choice) && choice.range === key}
              onClick={() => {
                onChange({ range: key, from: null, to: null, cursor: null });
                close();
              }}
            >
              Last {label}
            </button>
          ))}
        </div>
        <CustomRange range={range} zone={zone} onChange={(change) => { onChange(change); close(); }} />
      </Popover.Dropdown>
    </Popover>
  );
}

function labelOf(choice: RangeChoice, { from, to }: Range, zone: string): string {
  if (!isCustom(choice)) return `Last ${PRESETS.find(({ key }) => key === choice.range)?.label ?? choice.range}`;
  const start = formatInstant(from, zone, { withSeconds: false });
  if (to === null) return `${start} ${zone} – now`;
  const end = formatInstant(to, zone, { withSeconds: false });
  return `${start} – ${start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end} ${zone}`;
}

function CustomRange({ range, zone, onChange }: { range: Range; zone: string; onChange: (change: ExplorerChange) => void }) {
  const [from, setFrom] = useState(() => wallOf(range.from, zone).slice(0, 16));
  const [to, setTo] = useState(() => (range.to === null ? '' : wallOf(range.to, zone).slice(0, 16)));
  const [start, end] = [instantOfWall(from, zone), to === '' ? null : instantOfWall(to, zone)];
  const isBackwards = start !== null && end !== null && start >= end;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (start !== null && !isBackwards) onChange({ from: start, to: end, range: null, cursor: null });
      }}
    >
      <Stack gap="xs" mt="sm">
        <TextInput size="xs" type="datetime-local" label={`From (${zone})`} value={from} onChange={(event) => { setFrom(event.currentTarget.value); }} />
        <TextInput
          size="xs"
          type="datetime-local"
          label={`To (${zone}), empty for now`}
          value={to}
          error={isBackwards ? 'The end must be after the start' : undefined}
          onChange={(event) => { setTo(event.currentTarget.value); }}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={start === null || isBackwards}>
            Show
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
