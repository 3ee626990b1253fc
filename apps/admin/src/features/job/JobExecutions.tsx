'use client';
import { Select } from '@mantine/core';
import { parseAsInteger, parseAsStringLiteral } from 'nuqs';
import { useJobExecutions } from '@/api/queries/executions';
import { STATUSES, type JobDetail } from '@/api/types';
import { useAddressState } from '@/components/address-state';
import { DataTable } from '@/components/DataTable';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { ErrorState, StaleNotice } from '@/components/ErrorState';
import { Pager } from '@/components/Pager';
import { SectionCard } from '@/components/SectionCard';
import { statusLook } from '@/components/status';
import { TextLink } from '@/components/TextLink';
import { executionColumns } from './execution-columns';
import classes from './JobPage.module.css';

const STATE = { status: parseAsStringLiteral(STATUSES), page: parseAsInteger.withDefault(1), per_page: parseAsInteger.withDefault(20) };

/** All executions of the job, newest first. */
export function JobExecutions({ job }: { job: JobDetail }) {
  const [state, setState] = useAddressState(STATE);
  const executions = useJobExecutions(job.id, state);
  return (
    <div className={classes.panel}>
      <StaleNotice error={executions.data === undefined ? null : executions.error} updatedAt={executions.dataUpdatedAt} />
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
        {executions.data === undefined && executions.isError ? (
          <ErrorState error={executions.error} what="The executions" onRetry={() => void executions.refetch()} />
        ) : (
          <DataTable
            label="Executions of the job"
            rows={executions.data?.executions}
            rowId={(row) => row.id}
            columns={executionColumns(job.timezone)}
            empty={state.status === null ? <NothingYet title="It has not run yet" /> : <NothingMatches what="executions" onClear={() => void setState({ status: null, page: 1 })} />}
          />
        )}
        {executions.data !== undefined && executions.data.total > 0 && (
          <Pager
            what="execution"
            page={state.page}
            perPage={state.per_page}
            total={executions.data.total}
            onPage={(page) => void setState({ page })}
            onPerPage={(perPage) => void setState({ per_page: perPage, page: 1 })}
          />
        )}
      </SectionCard>
    </div>
  );
}
