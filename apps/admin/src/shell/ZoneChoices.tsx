'use client';
import { Radio, Select, Stack } from '@mantine/core';
import { browserZone } from '@/components/zone';
import { useZoneChoice } from './ZoneChoice';
import { ZONE_WORDS } from './zone-words';

/** The three usual zones, and every one of the IANA list that the browser knows, to search in. */
export function ZoneChoices({ onDone }: { onDone: () => void }) {
  const { choice, choose } = useZoneChoice();
  const pick = (zone: string) => {
    choose(zone);
    onDone();
  };
  return (
    <Stack gap="sm">
      <Radio.Group label="Show times in" size="sm" value={choice} onChange={pick}>
        <Stack gap={8} mt={8}>
          {Object.entries(ZONE_WORDS).map(([value, word]) => (
            <Radio key={value} size="xs" value={value} label={value === 'browser' ? `${word}, ${browserZone()}` : word} />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        label="Another zone"
        placeholder="Search …"
        searchable
        size="xs"
        data={Intl.supportedValuesOf('timeZone')}
        value={choice in ZONE_WORDS ? null : choice}
        comboboxProps={{ withinPortal: false }}
        maxDropdownHeight={220}
        limit={60}
        onChange={(zone) => {
          if (zone !== null) pick(zone);
        }}
      />
    </Stack>
  );
}
