'use client';
import { Select } from '@mantine/core';
import { parseAsInteger, parseAsStringLiteral } from 'nuqs';
import { useJobExecutions } from '@/api/queries/executions';
import { STATUSES, type JobDetail } from '@/api/types';
import { useAddressState } from '@/components/address-state';
import { DataTable } from '@/components/DataTable';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { ErrorState, StaleNotice } from '@/components/ErrorState';
import { NewerPill } from '@/components/NewerPill';
import { Pager } from '@/components/Pager';
import { SectionCard } from '@/components/SectionCard';
import { statusLook } from '@/components/status';
import { TextLink } from '@/components/TextLink';
import { useSteadyRows } from '@/components/use-steady-rows';
import { executionColumns } from './execution-columns';
import classes from './JobPage.module.css';

const STATE = { status: parseAsStringLiteral(STATUSES), page: parseAsInteger.withDefault(1), per_page: parseAsInteger.withDefault(20) };

/** All executions of the job, newest first. Rows that come while the page is open wait until somebody asks for them. */
export function JobExecutions({ job }: { job: JobDetail }) {
  const [state, setState] = useAddressState(STATE);
  const executions = useJobExecutions(job.id, state);
  const { data } = executions;
  const { rows, newer, showNewer } = useSteadyRows(JSON.stringify([job.id, state]), {
    rows: data?.executions,
    isFull: data !== undefined && data.total > state.page * state.per_page,
    isOld: executions.isPlaceholderData,
  });
  return (
    <div className={classes.panel}>
      <StaleNotice error={data === undefined ? null : executions.error} updatedAt={executions.dataUpdatedAt} />
      <div className={classes.steady}>
        <NewerPill count={state.page === 1 ? newer : 0} most={state.per_page} what="new execution" onShow={showNewer} />
        <SectionCard
          title="Executions"
          flush
          actions={
            <>
              <Select
                size="xs"
                w={150}
                clearable
                aria-label="Status"
                placeholder="Any status"
                data={STATUSES.map((status) => ({ value: status, label: statusLook(status).word }))}
                value={state.status}
                onChange={(status) => void setState({ status: status, page: 1 })}
              />
              <TextLink href={`/executions?job_id=${job.id}&range=30d`}>Open in the explorer</TextLink>
            </>
          }
        >
          {data === undefined && executions.isError ? (
            <ErrorState error={executions.error} what="The executions" onRetry={() => void executions.refetch()} />
          ) : (
            <DataTable
              label="Executions of the job"
              rows={rows}
              rowId={(row) => row.id}
              columns={executionColumns(job.timezone)}
              empty={state.status === null ? <NothingYet title="It has not run yet" /> : <NothingMatches what="executions" onClear={() => void setState({ status: null, page: 1 })} />}
            />
          )}
          {data !== undefined && data.total > 0 && (
            <Pager
              what="execution"
              page={state.page}
              perPage={state.per_page}
              total={data.total}
              onPage={(page) => void setState({ page })}
              onPerPage={(perPage) => void setState({ per_page: perPage, page: 1 })}
            />
          )}
        </SectionCard>
      </div>
    </div>
  );
}
