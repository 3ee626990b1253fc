'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useExecutions } from '@/api/queries/executions';
import type { ExecutionFilter } from '@/api/contract';
import { DataTable } from '@/components/DataTable';
import { ErrorState, StaleNotice } from '@/components/ErrorState';
import { NewerPill } from '@/components/NewerPill';
import { useRowKeys, type RowKey } from '@/components/row-keys';
import { SectionCard } from '@/components/SectionCard';
import { useSteadyRows } from '@/components/use-steady-rows';
import { BulkBar } from './BulkBar';
import { columnsFor } from './columns';
import { CursorPager } from './CursorPager';
import classes from './ExecutionList.module.css';

const PER_PAGE = 20;

export interface ExecutionListProps {
  list: ReturnType<typeof useExecutions>;
  /** What is asked for, without what moves by itself with the time. */
  question: string;
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
  empty: React.ReactNode;
}

export function useExecutionList(filter: ExecutionFilter, cursor: string | null) {
  return useExecutions({ ...filter, per_page: PER_PAGE, cursor });
}

/** The table with its pages and what is done with the selected rows. Newer rows wait until somebody asks for them. */
export function ExecutionList({ list, question, cursor, onCursor, empty }: ExecutionListProps) {
  const container = useRef<HTMLDivElement>(null);
  const { rows, newer, showNewer } = useSteadyRows(question, { rows: list.data?.executions, isFull: typeof list.data?.nextCursor === 'string', isOld: list.isPlaceholderData });
  const selection = useSelection(question);
  const newerOf = useTrail();
  useRowKeys(useMemo<RowKey[]>(() => [{ key: 'x', run: selection.toggle }], [selection.toggle]));
  const longest = Math.max(0, ...(rows ?? []).map(({ durationSeconds }) => durationSeconds ?? 0));
  const columns = useMemo(() => columnsFor(longest), [longest]);
  if (list.data === undefined && list.isError) {
    return (
      <SectionCard flush>
        <ErrorState error={list.error} what="The executions" onRetry={() => void list.refetch()} />
      </SectionCard>
    );
  }
  const selected = (rows ?? []).filter(({ id }) => selection.ids.has(id));
  return (
    <div className={classes.list}>
      <NewerPill count={cursor === null ? newer : 0} most={PER_PAGE} what="new execution" onShow={showNewer} />
      <SectionCard flush>
        <StaleNotice error={list.error} updatedAt={list.dataUpdatedAt} onRetry={() => void list.refetch()} />
        <div ref={container} className={list.isPlaceholderData && list.isFetching ? classes.old : undefined}>
          <DataTable
            label="Executions"
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            selection={{ ids: selection.ids, onChange: selection.set, labelOf: (id) => labelOf(rows, id) }}
            empty={empty}
          />
        </div>
        {/* After the table: rows must not move under the mouse while they are being selected. */}
        {selected.length > 0 && <BulkBar selected={selected} onClear={selection.clear} />}
        {rows !== undefined && (rows.length > 0 || cursor !== null) && (
          <CursorPager
            rows={rows.length}
            total={list.data?.total ?? null}
            isFirst={cursor === null}
            hasOlder={typeof list.data?.nextCursor === 'string'}
            onNewest={() => { onCursor(null); }}
            onNewer={() => { onCursor(newerOf.get(cursor)); }}
            onOlder={() => {
              const next = list.data?.nextCursor ?? null;
              newerOf.set(next, cursor);
              onCursor(next);
              container.current?.scrollIntoView({ block: 'start' });
            }}
          />
        )}
      </SectionCard>
    </div>
  );
}

function labelOf(rows: readonly { id: string; jobName: string; number: number }[] | undefined, id: string): string {
  const row = rows?.find((candidate) => candidate.id === id);
  return row === undefined ? id : `${row.jobName} #${String(row.number)}`;
}

/** Selected rows; another question forgets them. */
function useSelection(question: string) {
  const [chosen, setChosen] = useState<{ question: string; ids: ReadonlySet<string> }>({ question, ids: new Set() });
  const ids = useMemo(() => (chosen.question === question ? chosen.ids : new Set<string>()), [chosen, question]);
  const set = useCallback((next: ReadonlySet<string>) => { setChosen({ question, ids: next }); }, [question]);
  const toggle = useCallback(
    (id: string) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      set(next);
    },
    [ids, set],
  );
  const clear = useCallback(() => { set(new Set()); }, [set]);
  return { ids, set, toggle, clear };
}

/** From which page each page was reached; one that was opened by a link leads back to the newest. */
function useTrail() {
  const trail = useRef(new Map<string, string | null>());
  return useMemo(
    () => ({
      get: (cursor: string | null) => (cursor === null ? null : (trail.current.get(cursor) ?? null)),
      set: (cursor: string | null, from: string | null) => { if (cursor !== null) trail.current.set(cursor, from); },
    }),
    [],
  );
}
