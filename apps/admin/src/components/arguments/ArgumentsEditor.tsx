'use client';
import { Input, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import type { JsonObject } from '@/api/types';
import { ArgumentField } from './ArgumentField';
import classes from './ArgumentsEditor.module.css';
import { JsonField } from './JsonField';
import { alternativesText, fieldsOf, otherMembers, parseArguments, problemsWithoutField, withMember, withProblem, type TextProblems } from './schema-fields';

export interface ArgumentsEditorProps {
  /** The task function's schema; without properties there is only the JSON view. */
  schema: JsonObject | null;
  value: JsonObject;
  /** @param wrong texts that are no value: of those members the value is the last good one */
  onChange: (value: JsonObject, wrong: TextProblems) => void;
  /** What the API says of single members, by name; '' of the arguments as a whole. */
  problems?: Readonly<Record<string, string>>;
  /** Start of the fields' ids, so that an error summary can lead to them. @default 'arguments' */
  idPrefix?: string;
}

/** Arguments as a form that the schema asks for, and as JSON; both show the same value. */
export function ArgumentsEditor({ schema, value, onChange, problems = {}, idPrefix = 'arguments' }: ArgumentsEditorProps) {
  const fields = fieldsOf(schema);
  const [view, setView] = useState<'form' | 'json'>('form');
  const [wrong, setWrong] = useState<TextProblems>({});
  const isWrong = Object.keys(wrong).length > 0;
  const shown = fields.length === 0 ? 'json' : view;
  const others = otherMembers(fields, value);
  const needed = alternativesText(schema);
  const unplaced = problemsWithoutField(fields, problems);
  const report = (next: JsonObject, name: string, problem: string | null) => {
    const now = withProblem(wrong, name, problem);
    setWrong(now);
    onChange(next, now);
  };
  return (
    <Stack gap="sm">
      {fields.length > 0 && (
        <div className={classes.head}>
          <p className={classes.note}>
            {others.length === 0 ? 'What the task function takes.' : `Only as JSON: ${others.join(', ')}.`}
            {needed !== null && ` ${needed}`}
            {isWrong && (shown === 'json' ? ' Correct the JSON to go back to the form.' : ' Correct what is wrong to see all of it as JSON.')}
          </p>
          <SegmentedControl
            size="xs"
            aria-label="Arguments as"
            data={[{ value: 'form', label: 'Form' }, { value: 'json', label: 'JSON' }]}
            value={shown}
            disabled={isWrong}
            onChange={(next) => {
              setView(next);
            }}
          />
        </div>
      )}
      {shown === 'json' ? (
        <JsonField
          id={`${idPrefix}-json`}
          label="Arguments as JSON"
          value={value}
          parse={parseArguments}
          rows={8}
          error={Object.values(problems).join('; ')}
          onChange={(next, problem) => {
            report(next, '', problem);
          }}
        />
      ) : (
        <>
          {fields.map((field) => (
            <ArgumentField
              key={field.name}
              id={`${idPrefix}-${field.name}`}
              field={field}
              value={value[field.name]}
              error={problems[field.name]}
              onChange={(member, problem) => {
                report(withMember(value, field.name, member), field.name, problem);
              }}
            />
          ))}
          {unplaced.length > 0 && <Input.Error role="alert">{unplaced.join('; ')}</Input.Error>}
        </>
      )}
    </Stack>
  );
}
