'use client';
import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useNow } from '@/components/clock';
import { formatClock } from '@/components/format';
import { fieldId } from '../problems';

export interface ZoneFieldProps {
  value: string;
  onChange: (timezone: string) => void;
  error: string | undefined;
}

/** Any zone of the IANA list, to search in, with the time that it is there. */
export function ZoneField({ value, onChange, error }: ZoneFieldProps) {
  const now = useNow();
  const zones = useMemo(() => [...new Set(['UTC', value, ...Intl.supportedValuesOf('timeZone')])], [value]);
  return (
    <Select
      id={fieldId('scheduleConfig.timezone')}
      label="Time zone"
      description={now === 0 ? 'Of the schedule.' : `Of the schedule. It is ${formatClock(now, value)} there now.`}
      searchable
      required
      allowDeselect={false}
      data={zones}
      limit={60}
      maxDropdownHeight={240}
      nothingFoundMessage="No such zone"
      value={value}
      error={error}
      filter={({ options, search, limit }) => {
        const words = search.trim().toLowerCase().replaceAll(' ', '_');
        return options.filter((option) => 'value' in option && option.label.toLowerCase().includes(words)).slice(0, limit);
      }}
      onChange={(zone) => {
        if (zone !== null) onChange(zone);
      }}
    />
  );
}
