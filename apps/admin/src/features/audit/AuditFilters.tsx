'use client';
import { Button, CloseButton, Group, Select, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { useZone } from '@/components/zone';
import { ACTIONS, actionWords, OBJECT_TYPES } from './audit-words';
import { fromField, isFiltered, toField, type AuditFilterValues } from './filters';
import classes from './audit.module.css';

const CLEAR = { 'aria-label': 'Clear' };

export function AuditFilters({ filters, onChange }: { filters: AuditFilterValues; onChange: (change: Partial<AuditFilterValues> | null) => void }) {
  return (
    <div className={classes.filters} role="search" aria-label="Filters of the audit log">
      <ActorField key={filters.actor ?? ''} value={filters.actor} onChange={(actor) => { onChange({ actor }); }} />
      <Select
        size="xs"
        className={classes.wide}
        label="What was done"
        placeholder="Anything"
        searchable
        clearable
        clearButtonProps={CLEAR}
        data={ACTIONS.map((value) => ({ value, label: actionWords(value) }))}
        value={filters.action}
        onChange={(action) => { onChange({ action }); }}
      />
      <Select
        size="xs"
        label="To what"
        placeholder="Anything"
        clearable
        clearButtonProps={CLEAR}
        data={OBJECT_TYPES.map((value) => ({ value, label: value }))}
        value={filters.object_type}
        onChange={(type) => { onChange({ object_type: type, object_id: null }); }}
      />
      <TimeField label="From" value={filters.from} onChange={(from) => { onChange({ from }); }} />
      <TimeField label="Until" value={filters.to} onChange={(to) => { onChange({ to }); }} />
      <Group gap={6} className={classes.chosen}>
        {filters.object_id !== null && (
          <span className={classes.one}>
            {`One ${filters.object_type ?? 'thing'} only`}
            <CloseButton size="sm" aria-label="Show all again" onClick={() => { onChange({ object_id: null, object_type: null }); }} />
          </span>
        )}
        {isFiltered(filters) && (
          <Button variant="subtle" onClick={() => { onChange(null); }}>
            Clear filters
          </Button>
        )}
      </Group>
    </div>
  );
}

/** On the clocks of the zone that times are shown in. Which one that is, the server does not know. */
function TimeField({ label, value, onChange }: { label: string; value: string | null; onChange: (at: string | null) => void }) {
  const zone = useZone();
  const isInBrowser = useMounted();
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      label={isInBrowser ? `${label} (${zone})` : label}
      value={isInBrowser ? toField(value, zone) : ''}
      onChange={(event) => { onChange(fromField(event.currentTarget.value, zone)); }}
    />
  );
}

/** The API compares whole names: it is asked when one has been typed to its end. */
function ActorField({ value, onChange }: { value: string | null; onChange: (actor: string | null) => void }) {
  const [text, setText] = useState(value ?? '');
  const commit = () => {
    const actor = text.trim() === '' ? null : text.trim();
    if (actor !== value) onChange(actor);
  };
  return (
    <TextInput
      data-search
      size="xs"
      label="Who"
      placeholder="User name, then Enter"
      leftSection={<IconUser size={14} aria-hidden />}
      value={text}
      onChange={(event) => { setText(event.currentTarget.value); }}
      onBlur={commit}
      onKeyDown={(event) => { if (event.key === 'Enter') commit(); }}
    />
  );
}
