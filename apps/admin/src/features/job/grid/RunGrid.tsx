'use client';
import { Button, Select, Skeleton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconChevronsRight } from '@tabler/icons-react';
import { parseAsString, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { useJobRuns } from '@/api/queries/jobs';
import { NothingYet } from '@/components/EmptyState';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { RunCells } from './RunCells';
import classes from './RunGrid.module.css';
import { RunPanel } from './RunPanel';
import { runsQuery, toWindowSize, WINDOW_SIZES, type WindowSize } from './run-window';

const STATE = { run: parseAsString, before: parseAsString, after: parseAsString };

/** The last runs of a job, older and newer ones page by page, and the one that was chosen below them. */
export function RunGrid({ jobId, timezone }: { jobId: string; timezone: string }) {
  const [size, setSize] = useLocalStorage<WindowSize>({ key: 'takt.grid.size', defaultValue: 50, deserialize: toWindowSize, serialize: String, getInitialValueInEffect: false });
  const [state, setState] = useQueryStates(STATE);
  const [around, setAround] = useState(state.run);
  const runs = useJobRuns(jobId, runsQuery({ ...state, around }, size));
  const go = (place: { before?: string; after?: string }) => {
    setAround(null);
    void setState({ before: place.before ?? null, after: place.after ?? null, run: null });
  };
  return (
    <SectionCard
      title="Runs"
      flush
      actions={
        <div className={classes.tools}>
          <Select
            size="xs"
            w={120}
            aria-label="Runs in the grid"
            allowDeselect={false}
            data={WINDOW_SIZES.map((value) => ({ value: String(value), label: `${String(value)} runs` }))}
            value={String(size)}
            onChange={(value) => {
              setSize(toWindowSize(value));
            }}
          />
          <Button variant="default" leftSection={<IconChevronLeft size={14} aria-hidden />} disabled={runs.data?.hasOlder !== true} onClick={() => { go({ before: runs.data?.runs[0]?.id ?? '' }); }}>
            Older
          </Button>
          <Button variant="default" rightSection={<IconChevronRight size={14} aria-hidden />} disabled={runs.data?.hasNewer !== true} onClick={() => { go({ after: runs.data?.runs.at(-1)?.id ?? '' }); }}>
            Newer
          </Button>
          <Button variant="default" rightSection={<IconChevronsRight size={14} aria-hidden />} disabled={runs.data?.hasNewer !== true && state.before === null && state.after === null && around === null} onClick={() => { go({}); }}>
            Latest
          </Button>
        </div>
      }
    >
      <QueryView query={runs} what="The runs" loading={<Skeleton height={190} radius={0} />}>
        {(data) => {
          const chosen = data.runs.find(({ id }) => id === state.run);
          if (data.runs.length === 0) return <NothingYet title="No runs yet">Each run is a column here: how long it took and how it ended.</NothingYet>;
          return (
            <>
              <RunCells runs={data.runs} timezone={timezone} selected={state.run} onSelect={(run) => void setState({ run })} />
              <div className={classes.foot}>
                <div className={classes.legend}>
                  <span><span className={classes.ring} aria-hidden />Not started by the schedule</span>
                  <span><span className={classes.hatch} aria-hidden />Skipped</span>
                  <span>Height: duration, logarithmic</span>
                </div>
                <span className={classes.legend}>{`${String(data.runs.length)} runs`}</span>
              </div>
              {chosen !== undefined && <RunPanel run={chosen} timezone={timezone} onClose={() => void setState({ run: null })} />}
            </>
          );
        }}
      </QueryView>
    </SectionCard>
  );
}
