'use client';
import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTaskFunctions } from '@/api/queries/catalogue';
import type { TaskFunction } from '@/api/types';

const FOUND_AT_A_TIME = 50;
const TYPING_MS = 250;

type Named = Pick<TaskFunction, 'id' | 'name' | 'displayName' | 'isActive'>;

export interface TaskFunctionSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchable' | 'filter' | 'searchValue' | 'onSearchChange' | 'nothingFoundMessage'> {
  chosen: Named | null;
  /** Null: none any more. */
  onChoose: (taskFunction: TaskFunction | null) => void;
  labelOf: (taskFunction: Named) => string;
  /** Which are offered; the chosen one always is. @default 'all' */
  offered?: 'all' | 'active';
}

/** A task function out of any number of them, found at the API. */
export function TaskFunctionSelect({ chosen, onChoose, labelOf, offered = 'all', ...select }: TaskFunctionSelectProps) {
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text, TYPING_MS);
  // The field shows the label of what is chosen as if it had been typed.
  const q = chosen !== null && typed === labelOf(chosen) ? '' : typed.trim();
  const found = useTaskFunctions({ q, is_active: offered === 'active' ? 'true' : null, per_page: FOUND_AT_A_TIME });
  const functions = found.data?.taskFunctions ?? [];
  const isFound = functions.some(({ id }) => id === chosen?.id);
  const options: readonly Named[] = chosen === null || isFound ? functions : [...functions, chosen];
  return (
    <Select
      {...select}
      searchable
      nothingFoundMessage={found.isFetching ? 'Searching …' : 'No such task function'}
      data={options.map((option) => ({ value: String(option.id), label: labelOf(option) }))}
      filter={({ options: all }) => all}
      onSearchChange={setText}
      value={chosen === null ? null : String(chosen.id)}
      onChange={(id) => {
        const next = functions.find((known) => String(known.id) === id);
        if (id === null || next !== undefined) onChoose(next ?? null);
      }}
    />
  );
}
