'use client';
import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

const SETTLE_MS = 300;

/** Looks for a part of the error's text, once the typing pauses. */
export function SearchField({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const tell = useDebouncedCallback(onSearch, SETTLE_MS);
  // Changed from outside, e.g. by "Clear all".
  if (value !== known) {
    setKnown(value);
    if (value.trim() !== text.trim()) setText(value);
  }
  const change = (next: string) => {
    setText(next);
    tell(next);
  };
  return (
    <TextInput
      data-search
      aria-label="Search the text of errors"
      placeholder="Search the text of errors"
      size="xs"
      w={{ base: '100%', xs: 260 }}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={text === '' ? null : <CloseButton size={22} aria-label="Clear the search" onClick={() => { change(''); }} />}
      value={text}
      onChange={(event) => { change(event.currentTarget.value); }}
    />
  );
}
