import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useJobTypes, useQueueNames, useTaskFunction } from '@/api/queries/catalogue';
import { statusLook } from '@/components/status';
import { TaskFunctionSelect } from '@/components/TaskFunctionSelect';
import classes from './jobs.module.css';
import { NO_FILTER, STATUS_FILTERS, type ListState } from './list-state';

const STATUS_OPTIONS = STATUS_FILTERS.map((value) => ({ value, label: statusLook(value).word }));
const TYPE_WORDS: Readonly<Record<string, string>> = { interval: 'Interval', cron: 'Cron', once: 'Once' };

/** Every one that the browser knows; most of them have no job. */
const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({ value: zone, label: zone }));
const SHOWN_AT_A_TIME = 60;

export interface JobFiltersProps {
  state: ListState;
  onChange: (change: Partial<ListState>) => void;
  isFiltered: boolean;
}

/** Search and filters; each change begins at the first page again. */
export function JobFilters({ state, onChange, isFiltered }: JobFiltersProps) {
  const types = useJobTypes().data ?? [];
  const queues = useQueueNames().data ?? [];
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
      <FunctionChoice id={state.function} onPick={(id) => { onChange({ function: id, page: 1 }); }} />
      <Choice
        label="Type"
        options={types.map(({ id, name }) => ({ value: String(id), label: TYPE_WORDS[name] ?? name }))}
        value={state.type === null ? null : String(state.type)}
        onPick={(id) => { onChange({ type: id === null ? null : Number(id), page: 1 }); }}
      />
      <Choice label="Queue" options={queues.map((queue) => ({ value: queue, label: queue }))} value={state.queue} onPick={(queue) => { onChange({ queue, page: 1 }); }} />
      <Choice label="Time zone" options={ZONES} value={state.timezone} onPick={(timezone) => { onChange({ timezone, page: 1 }); }} />
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

function FunctionChoice({ id, onPick }: { id: number | null; onPick: (id: number | null) => void }) {
  const known = useTaskFunction(id).data ?? null;
  const chosen = id === null ? null : (known ?? { id, name: String(id), displayName: String(id), isActive: true });
  return (
    <TaskFunctionSelect
      {...LOOK}
      aria-label="Function"
      placeholder="Function"
      clearButtonProps={{ 'aria-label': 'Any function' }}
      data-set={id !== null || undefined}
      labelOf={({ displayName }) => displayName}
      chosen={chosen}
      onChoose={(taskFunction) => { onPick(taskFunction?.id ?? null); }}
    />
  );
}

const LOOK = { clearable: true, className: classes.choice ?? '', comboboxProps: { width: 220, position: 'bottom-start' } } as const;

/** A value that is not among the options (yet) is shown as it is: a link must not hide what it filters by. */
function Choice({ label, options, value, onPick }: ChoiceProps) {
  const data = value === null || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
  return (
    <Select
      {...LOOK}
      aria-label={label}
      placeholder={label}
      data={data}
      value={value}
      onChange={onPick}
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      searchable={options.length > 8}
      limit={SHOWN_AT_A_TIME}
      nothingFoundMessage="None"
      data-set={value !== null || undefined}
    />
  );
}
