'use client';
import { Button, Select, Skeleton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconChevronsRight } from '@tabler/icons-react';
import { parseAsString } from 'nuqs';
import { useMemo, useState } from 'react';
import { useJobRuns } from '@/api/queries/jobs';
import { useAddressState } from '@/components/address-state';
import { NothingYet } from '@/components/EmptyState';
import { NewerPill } from '@/components/NewerPill';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { useSteadyRows } from '@/components/use-steady-rows';
import { useZone } from '@/components/zone';
import { counted } from '@/components/words';
import { RunCells } from './RunCells';
import classes from './RunGrid.module.css';
import { RunPanel } from './RunPanel';
import { runsQuery, toWindowSize, WINDOW_SIZES, type WindowSize } from './run-window';

const STATE = { run: parseAsString, before: parseAsString, after: parseAsString };

/** The last runs of a job, which stay in their places while new ones come, older and newer ones page by page, and the one that was chosen below them. */
export function RunGrid({ jobId, timezone }: { jobId: string; timezone: string }) {
  const zone = useZone(timezone);
  const [size, setSize] = useLocalStorage<WindowSize>({ key: 'takt.grid.size', defaultValue: 50, deserialize: toWindowSize, serialize: String, getInitialValueInEffect: false });
  const [state, setState] = useAddressState(STATE);
  const [around, setAround] = useState(state.run);
  const query = runsQuery({ ...state, around }, size);
  const runs = useJobRuns(jobId, query);
  const latest = useMemo(() => runs.data && [...runs.data.runs].reverse(), [runs.data]);
  const steady = useSteadyRows(JSON.stringify([jobId, query]), { rows: latest, isFull: runs.data?.hasOlder === true, isOld: runs.isPlaceholderData });
  const shown = useMemo(() => [...(steady.rows ?? [])].reverse(), [steady.rows]);
  const isAtLatest = query.before === undefined && query.after === undefined && query.around === undefined;
  const go = (place: { before?: string; after?: string }) => {
    setAround(null);
    void setState({ before: place.before ?? null, after: place.after ?? null, run: null });
  };
  return (
    <div className={classes.steady}>
      <NewerPill count={steady.newer} most={size} what="new run" side="right" onShow={steady.showNewer} />
      <SectionCard
        title="Runs"
        description={`Times in ${zone}`}
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
            <Button variant="default" rightSection={<IconChevronsRight size={14} aria-hidden />} disabled={isAtLatest && steady.newer === 0} onClick={() => { if (isAtLatest) steady.showNewer(); else go({}); }}>
              Latest
            </Button>
          </div>
        }
      >
        <QueryView query={runs} what="The runs" loading={<Skeleton height={190} radius={0} />}>
          {() => {
            const chosen = shown.find(({ id }) => id === state.run);
            if (shown.length === 0) return <NothingYet title="No runs yet">Each run is a column here: how long it took and how it ended.</NothingYet>;
            return (
              <>
                <RunCells runs={shown} timezone={timezone} selected={state.run} onSelect={(run) => void setState({ run })} />
                <div className={classes.foot}>
                  <div className={classes.legend}>
                    <span><span className={classes.ring} aria-hidden />Not started by the schedule</span>
                    <span><span className={classes.hatch} aria-hidden />Skipped</span>
                    <StatusBadge plain status="retrying" />
                    <span>Height: duration of the last attempt, logarithmic</span>
                  </div>
                  <span className={classes.legend}>{counted(shown.length, 'run')}</span>
                </div>
                {chosen !== undefined && <RunPanel run={chosen} timezone={timezone} onClose={() => void setState({ run: null })} />}
              </>
            );
          }}
        </QueryView>
      </SectionCard>
    </div>
  );
}
