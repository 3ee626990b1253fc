import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useJobTypes, useTaskFunctions } from '@/api/queries/catalogue';
import { statusLook } from '@/components/status';
import classes from './jobs.module.css';
import { NO_FILTER, STATUS_FILTERS, type ListState } from './list-state';

const STATUS_OPTIONS = STATUS_FILTERS.map((value) => ({ value, label: statusLook(value).word }));
const TYPE_WORDS: Readonly<Record<string, string>> = { interval: 'Interval', cron: 'Cron', once: 'Once' };

export interface JobFiltersProps {
  state: ListState;
  onChange: (change: Partial<ListState>) => void;
  isFiltered: boolean;
}

/** Search and filters; each change begins at the first page again. */
export function JobFilters({ state, onChange, isFiltered }: JobFiltersProps) {
  const functions = useTaskFunctions().data?.taskFunctions ?? [];
  const types = useJobTypes().data ?? [];
  const queues = [...new Set(functions.map(({ queue }) => queue))].sort();
  return (
    <Group gap="xs" mb="sm" role="search" aria-label="Jobs" className={classes.filters}>
      <TextInput
        data-search
        aria-label="Search jobs"
        placeholder="Search name or description"
        leftSection={<IconSearch size={14} aria-hidden />}
        className={classes.search}
        value={state.q}
        onChange={(event) => { onChange({ q: event.currentTarget.value, page: 1 }); }}
      />
      <Choice label="Status" options={STATUS_OPTIONS} value={state.status} onPick={(status) => { onChange({ status: STATUS_FILTERS.find((known) => known === status) ?? null, page: 1 }); }} />
      <Choice
        label="Function"
        options={functions.map(({ id, displayName }) => ({ value: String(id), label: displayName }))}
        value={state.function === null ? null : String(state.function)}
        onPick={(id) => { onChange({ function: id === null ? null : Number(id), page: 1 }); }}
      />
      <Choice
        label="Type"
        options={types.map(({ id, name }) => ({ value: String(id), label: TYPE_WORDS[name] ?? name }))}
        value={state.type === null ? null : String(state.type)}
        onPick={(id) => { onChange({ type: id === null ? null : Number(id), page: 1 }); }}
      />
      <Choice label="Queue" options={queues.map((queue) => ({ value: queue, label: queue }))} value={state.queue} onPick={(queue) => { onChange({ queue, page: 1 }); }} />
      {isFiltered && (
        <Button variant="subtle" leftSection={<IconFilterOff size={14} aria-hidden />} onClick={() => { onChange(NO_FILTER); }}>
          Clear
        </Button>
      )}
    </Group>
  );
}

interface ChoiceProps {
  label: string;
  options: { value: string; label: string }[];
  value: string | null;
  onPick: (value: string | null) => void;
}

/** A value that is not among the options (yet) is shown as it is: a link must not hide what it filters by. */
function Choice({ label, options, value, onPick }: ChoiceProps) {
  const data = value === null || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
  return (
    <Select
      aria-label={label}
      placeholder={label}
      data={data}
      value={value}
      onChange={onPick}
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      searchable={options.length > 8}
      className={classes.choice}
      data-set={value !== null || undefined}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
    />
  );
}
