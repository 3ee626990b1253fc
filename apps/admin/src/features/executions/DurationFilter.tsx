'use client';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { parseSeconds } from './duration-text';
import type { ExplorerChange } from './explorer-state';
import classes from './DurationFilter.module.css';
import groupClasses from './FacetGroup.module.css';

/** How long they ran, from and to. */
export function DurationFilter({ min, max, onChange }: { min: number | null; max: number | null; onChange: (change: ExplorerChange) => void }) {
  const [from, setFrom] = useState(min === null ? '' : `${String(min)}s`);
  const [to, setTo] = useState(max === null ? '' : `${String(max)}s`);
  const [least, most] = [parseSeconds(from), parseSeconds(to)];
  const isBackwards = typeof least === 'number' && typeof most === 'number' && least > most;
  const isWrong = least === undefined || most === undefined || isBackwards;
  return (
    <form
      role="group"
      aria-label="Duration"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) onChange({ min: least, max: most });
      }}
    >
      <h2 className={groupClasses.title}>Duration</h2>
      <div className={classes.fields}>
        <TextInput size="xs" aria-label="Duration at least" placeholder="500ms" value={from} error={least === undefined} onChange={(event) => { setFrom(event.currentTarget.value); }} />
        <span aria-hidden>–</span>
        <TextInput size="xs" aria-label="Duration at most" placeholder="2m" value={to} error={most === undefined || isBackwards} onChange={(event) => { setTo(event.currentTarget.value); }} />
        <Button type="submit" variant="default" disabled={isWrong || (least === min && most === max)}>
          Apply
        </Button>
      </div>
      {isWrong && <p className={classes.hint}>{isBackwards ? 'The first is longer than the second' : 'A number with ms, s, m or h'}</p>}
    </form>
  );
}
