'use client';
import { Button, Group } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import Link from 'next/link';
import { useExecutions } from '@/api/queries/executions';
import { useNow } from '@/components/clock';
import { NothingYet } from '@/components/EmptyState';
import { Instant } from '@/components/Instant';
import { elsewhereText } from './elsewhere';
import { NO_FILTERS, isPristine, setFilters, toFilter, type ExplorerChange, type ExplorerState } from './explorer-state';
import type { Range } from './range';

const AROUND_MS = 30 * 60_000;

/** An empty list: because nothing ever ran, or because filters or the range hide what there is; then it says where that is. */
export function NoExecutions({ state, range, onChange }: { state: ExplorerState; range: Range; onChange: (change: ExplorerChange) => void }) {
  // At any time; the API searches the text of errors in the last 7 days where no range is said.
  const filter = toFilter(state, { from: '', to: null });
  const newest = useExecutions({ ...filter, per_page: 1 }).data?.executions[0];
  const now = useNow();
  const hasFilters = setFilters(state).length > 0;
  if (newest === undefined && isPristine(state)) {
    return (
      <NothingYet title="Nothing has run yet" action={<Button component={Link} href="/jobs" variant="default">Look at the jobs</Button>}>
        Every run of a job is listed here, with its attempts, its output and its result.
      </NothingYet>
    );
  }
  const at = newest === undefined ? null : (newest.startedAt ?? newest.scheduledFor);
  return (
    <NothingYet
      title={hasFilters ? 'No executions match these filters in this range' : 'No executions in this range'}
      icon={IconFilterOff}
      action={
        <Group gap="xs" justify="center">
          {hasFilters && (
            <Button variant="default" onClick={() => { onChange(NO_FILTERS); }}>
              Clear filters
            </Button>
          )}
          {at !== null && (
            <Button variant="default" onClick={() => { onChange({ range: null, cursor: null, from: new Date(Date.parse(at) - AROUND_MS).toISOString(), to: new Date(Date.parse(at) + AROUND_MS).toISOString() }); }}>
              Show the newest
            </Button>
          )}
        </Group>
      }
    >
      {at === null ? elsewhereText(state.q, range, now) : <>The newest one is from <Instant at={at} show="absolute" />.</>}
    </NothingYet>
  );
}
