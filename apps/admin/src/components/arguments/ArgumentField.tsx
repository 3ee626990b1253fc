'use client';
import { NumberInput, SegmentedControl, Select, TagsInput, Textarea, TextInput, Input } from '@mantine/core';
import { useState } from 'react';
import type { Json } from '@/api/types';
import classes from './ArgumentsEditor.module.css';
import { JsonField } from './JsonField';
import { pairsText, parseJson, parsePairs, type SchemaField } from './schema-fields';

export interface ArgumentFieldProps {
  id: string;
  field: SchemaField;
  value: Json | undefined;
  error?: string | undefined;
  /** Undefined leaves the member out. */
  onChange: (value: Json | undefined, problem: string | null) => void;
}

/** The field of one member. What is emptied is left out, so that the task function's own default holds. */
export function ArgumentField({ id, field, value, error, onChange }: ArgumentFieldProps) {
  const shared = { id, label: field.label, description: field.description, required: field.isRequired, error };
  const set = (next: Json | undefined) => {
    onChange(next, null);
  };
  switch (field.kind) {
    case 'text':
      return <TextInput {...shared} value={textOf(value)} onChange={(event) => { set(event.currentTarget.value || undefined); }} />;
    case 'long-text':
      return (
        <Textarea
          {...shared}
          className={classes.mono}
          autosize
          minRows={2}
          maxRows={16}
          spellCheck={false}
          value={textOf(value)}
          onChange={(event) => {
            set(event.currentTarget.value || undefined);
          }}
        />
      );
    case 'number':
    case 'integer':
      return (
        <NumberInput
          {...shared}
          maw={260}
          allowDecimal={field.kind === 'number'}
          {...(field.min === null ? {} : { min: field.min })}
          {...(field.max === null ? {} : { max: field.max })}
          clampBehavior="none"
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => {
            set(typeof next === 'number' ? next : undefined);
          }}
        />
      );
    case 'flag':
      return <FlagField {...shared} value={value} onChange={set} />;
    case 'choice':
      return <Select {...shared} maw={260} clearable={!field.isRequired} placeholder="Default" data={[...field.choices]} value={typeof value === 'string' ? value : null} onChange={(next) => { set(next ?? undefined); }} />;
    case 'texts':
      return (
        <TagsInput
          {...shared}
          placeholder="One, then Enter"
          allowDuplicates
          splitChars={[]}
          acceptValueOnBlur
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(next) => {
            set(next.length === 0 ? undefined : next);
          }}
        />
      );
    case 'pairs':
      return <PairsField {...shared} value={value} onChange={set} />;
    case 'json':
      return <JsonField {...shared} value={value} parse={(text) => (text.trim() === '' ? { ok: true, value: undefined } : parseJson(text))} onChange={onChange} />;
  }
}

interface PartProps {
  id: string;
  label: string;
  description: string | null;
  required: boolean;
  error: string | undefined;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

/** Three ways: yes, no, and whatever the task function does by default. */
function FlagField({ id, label, description, required, error, value, onChange }: PartProps) {
  return (
    <Input.Wrapper id={id} label={label} description={description} required={required} error={error} labelElement="div">
      <SegmentedControl
        id={id}
        size="xs"
        mt={4}
        display="flex"
        w="fit-content"
        aria-label={label}
        data={[{ value: '', label: 'Default' }, { value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }]}
        value={typeof value === 'boolean' ? String(value) : ''}
        onChange={(next) => {
          onChange(next === '' ? undefined : next === 'true');
        }}
      />
    </Input.Wrapper>
  );
}

/** `NAME=value` a line. Keeps what is typed, so that a line can be begun. */
function PairsField({ id, label, description, required, error, value, onChange }: PartProps) {
  const [text, setText] = useState(() => pairsText(value));
  return (
    <Textarea
      id={id}
      className={classes.mono}
      label={label}
      description={description ?? 'One NAME=value a line.'}
      required={required}
      error={error}
      autosize
      minRows={2}
      maxRows={12}
      spellCheck={false}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(parsePairs(event.currentTarget.value));
      }}
    />
  );
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
