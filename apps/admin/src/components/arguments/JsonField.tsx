'use client';
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import classes from './ArgumentsEditor.module.css';

type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: string };

export interface JsonFieldProps<Value> {
  id: string;
  label: string;
  description?: string | null;
  value: Value;
  parse: (text: string) => Parsed<Value>;
  onChange: (value: Value, problem: string | null) => void;
  error?: string | undefined;
  required?: boolean;
  /** Least lines. @default 3 */
  rows?: number;
}

/** A text field that holds JSON: it keeps what is typed, and hands on the value when the text is right. */
export function JsonField<Value>({ id, label, description, value, parse, onChange, error, required = false, rows = 3 }: JsonFieldProps<Value>) {
  const [text, setText] = useState(() => written(value));
  const parsed = parse(text);
  const problem = parsed.ok ? null : parsed.problem;
  return (
    <Textarea
      id={id}
      className={classes.mono}
      label={label}
      description={description}
      required={required}
      autosize
      minRows={rows}
      maxRows={24}
      spellCheck={false}
      value={text}
      error={problem ?? (error === '' ? undefined : error)}
      inputContainer={(input) => (
        <>
          {input}
          {parsed.ok && text.trim() !== '' && written(parsed.value) !== text && (
            <Button
              mt={6}
              size="compact-sm"
              variant="default"
              onClick={() => {
                setText(written(parsed.value));
              }}
            >
              Format
            </Button>
          )}
        </>
      )}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        const result = parse(next);
        onChange(result.ok ? result.value : value, result.ok ? null : result.problem);
      }}
    />
  );
}

function written(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}
