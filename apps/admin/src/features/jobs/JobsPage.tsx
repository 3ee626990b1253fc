'use client';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { debounce } from 'nuqs';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useJobs } from '@/api/queries/jobs';
import type { Job } from '@/api/types';
import { useAddressState } from '@/components/address-state';
import { DataTable } from '@/components/DataTable';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { ErrorState, StaleNotice } from '@/components/ErrorState';
import { HeldPill } from '@/components/HeldPill';
import { PageHeader } from '@/components/PageHeader';
import { Pager } from '@/components/Pager';
import { SectionCard } from '@/components/SectionCard';
import { Guarded } from '@/session/Guarded';
import { useSession } from '@/session/session';
import { BulkBar } from './BulkBar';
import { jobColumns } from './columns';
import { DeleteJobDialog } from './DeleteJobDialog';
import { JobFilters } from './JobFilters';
import classes from './jobs.module.css';
import { isFiltered, LIST_STATE, NO_FILTER, pageInstead, PAGE_SIZES, queryOf, rowsToShow, type ListState } from './list-state';
import { useJobKeys } from './use-job-keys';
import { useJobSelection } from './use-job-selection';
import { useSteadyJobs } from './use-steady-jobs';

const TYPING_MS = 250;

export function JobsPage() {
  const [state, setState] = useAddressState(LIST_STATE);
  const [asked] = useDebouncedValue(state.q, TYPING_MS);
  const [deleted, setDeleted] = useState<Job | null>(null);
  const [copyId, setCopyId] = useState<string | null>(null);
  const query = queryOf({ ...state, q: asked });
  const jobs = useJobs(query);
  const { list, isOutdated, sortAgain } = useSteadyJobs(query, jobs, copyId ?? '');
  const selection = useJobSelection(state, list);
  const columns = useMemo(() => jobColumns({ onDelete: setDeleted, onDuplicated: setCopyId }), []);
  const change = useCallback(
    (to: Partial<ListState>) => void setState({ saved: null, ...to }, 'q' in to ? { limitUrlUpdates: debounce(TYPING_MS) } : { history: 'push' }),
    [setState],
  );
  useJobKeys(list?.jobs, selection.toggle);
  useExistingPage(state, jobs, setState);
  return (
    <>
      <PageHeader title="Jobs" actions={<NewJob />} />
      <JobFilters state={state} onChange={change} isFiltered={isFiltered(state)} />
      <StaleNotice error={jobs.data === undefined ? null : jobs.error} updatedAt={jobs.dataUpdatedAt} onRetry={() => void jobs.refetch()} />
      <div className={classes.steady}>
        <HeldPill text={isOutdated ? 'The order has changed: sort again' : null} onShow={sortAgain} />
        <SectionCard flush>
          {jobs.data === undefined && jobs.isError ? (
            <ErrorState error={jobs.error} what="The jobs" onRetry={() => void jobs.refetch()} />
          ) : (
            <div className={classes.rows} data-old={jobs.isPlaceholderData || undefined}>
              <DataTable
                label="Jobs"
                columns={columns}
                rows={rowsToShow(list)}
                rowId={(job) => job.id}
                sort={state.sort}
                onSort={(sort) => { change({ sort: sort as ListState['sort'], page: 1 }); }}
                selection={selection.table}
                isHighlighted={(job) => job.id === copyId || job.id === state.saved}
                empty={isFiltered(state) ? <NothingMatches what="jobs" onClear={() => { change(NO_FILTER); }} /> : <NoJobs />}
              />
            </div>
          )}
          {jobs.data !== undefined && jobs.data.total > 0 && (
            <Pager
              what="job"
              page={state.page}
              perPage={state.per_page}
              total={jobs.data.total}
              onPage={(page) => { change({ page }); }}
              onPerPage={(size) => { change({ per_page: PAGE_SIZES.find((known) => known === size) ?? 20, page: 1 }); }}
            />
          )}
        </SectionCard>
      </div>
      {selection.chosen !== null && <BulkBar chosen={selection.chosen} allMatching={selection.allMatching} onChooseAll={selection.chooseAll} onClear={selection.clear} />}
      <DeleteJobDialog job={deleted} onClose={() => { setDeleted(null); }} />
    </>
  );
}

/** A link to a page that is gone by now shows the last one that there is. */
function useExistingPage(state: ListState, { data, isPlaceholderData }: Pick<ReturnType<typeof useJobs>, 'data' | 'isPlaceholderData'>, setState: (to: { page: number }, options: { history: 'replace' }) => unknown): void {
  const instead = data === undefined || isPlaceholderData ? null : pageInstead(state, { total: data.total, shown: data.jobs.length });
  useEffect(() => {
    if (instead !== null) setState({ page: instead }, { history: 'replace' });
  }, [instead, setState]);
}

function NoJobs() {
  return (
    <NothingYet title="No jobs yet" action={<NewJob />}>
      A job says what to run and when. Each of its occurrences gets one entry in the ledger, with its log and its outcome.
    </NothingYet>
  );
}

/** A link cannot be switched off: for those who may not use it, it is a button that is. */
function NewJob() {
  const { can } = useSession();
  const icon = <IconPlus size={14} aria-hidden />;
  return can('TaskWrite') ? (
    <Button component={Link} href="/jobs/new" leftSection={icon}>
      New job
    </Button>
  ) : (
    <Guarded needs="TaskWrite">
      <Button leftSection={icon}>New job</Button>
    </Guarded>
  );
}
