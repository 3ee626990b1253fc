'use client';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useNamedJobs } from '@/api/queries/catalogue';

const TYPING_MS = 250;

export interface JobSearchProps {
  chosen: { readonly id: string; readonly name: string } | null;
  /** Null: any. */
  onChoose: (id: string | null) => void;
}

/** Any job, found by its name at the API, once the field is opened. */
export function JobSearch({ chosen, onChoose }: JobSearchProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text, TYPING_MS);
  // The field shows the name of what is chosen as if it had been typed.
  const name = typed === chosen?.name ? '' : typed.trim();
  const found = useNamedJobs({ name }, { isEnabled: isOpen });
  const jobs = found.data ?? [];
  const options = chosen === null || jobs.some(({ id }) => id === chosen.id) ? jobs : [...jobs, chosen];
  return (
    <Select
      size="xs"
      aria-label="Job name"
      placeholder="Search jobs by name"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Any job' }}
      nothingFoundMessage={found.isFetching ? 'Searching …' : 'No such job'}
      data={options.map((job) => ({ value: job.id, label: job.name }))}
      filter={({ options: all }) => all}
      onDropdownOpen={() => { setIsOpen(true); }}
      onSearchChange={setText}
      value={chosen?.id ?? null}
      onChange={onChoose}
    />
  );
}
