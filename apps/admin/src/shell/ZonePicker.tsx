'use client';
import { Select } from '@mantine/core';

/** Every zone of the IANA list that the browser knows, to search in. */
export function ZonePicker({ value, onPick }: { value: string | null; onPick: (zone: string) => void }) {
  return (
    <Select
      aria-label="Another time zone"
      placeholder="Another zone …"
      searchable
      size="xs"
      data={Intl.supportedValuesOf('timeZone')}
      value={value}
      comboboxProps={{ withinPortal: false }}
      maxDropdownHeight={220}
      limit={60}
      onChange={(zone) => {
        if (zone !== null) onPick(zone);
      }}
    />
  );
}
