'use client';
import { SegmentedControl } from '@mantine/core';
import { parseAsInteger, parseAsStringLiteral } from 'nuqs';
import { useWorkers } from '@/api/queries/platform';
import { useAddressState } from '@/components/address-state';
import { DataTable } from '@/components/DataTable';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Pager } from '@/components/Pager';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { useHeartbeatPolling } from '@/live/heartbeat-polling';
import { workerColumns } from './worker-columns';

const STATE = { status: parseAsStringLiteral(['alive', 'down']), page: parseAsInteger.withDefault(1) };
const PER_PAGE = 50;

export function WorkersPage() {
  const [state, setState] = useAddressState(STATE, { history: 'push' });
  const workers = useWorkers({ status: state.status, page: state.page, per_page: PER_PAGE }, { pollMs: useHeartbeatPolling() });
  const columns = workerColumns(workers.dataUpdatedAt);
  return (
    <>
      <PageHeader
        title="Workers"
        subtitle="The processes that run what is due."
        actions={
          <SegmentedControl
            size="xs"
            role="radiogroup"
            aria-label="Which workers"
            data={[
              { value: 'all', label: 'All' },
              { value: 'alive', label: 'Alive' },
              { value: 'down', label: 'Down or stopped' },
            ]}
            value={state.status ?? 'all'}
            onChange={(value) => void setState({ status: value === 'alive' || value === 'down' ? value : null, page: 1 })}
          />
        }
      />
      <SectionCard flush>
        <QueryView query={workers} what="The workers" loading={<DataTable label="Workers" columns={columns} rows={undefined} rowId={() => ''} skeletonRows={3} />}>
          {(data) => (
            <>
              <DataTable
                label="Workers"
                columns={columns}
                rows={data.workers}
                rowId={(worker) => worker.id}
                empty={
                  state.status === null ? (
                    <NothingYet title="No worker has reported">Executions wait until one does. A worker registers when it starts.</NothingYet>
                  ) : (
                    <NothingMatches what="workers" onClear={() => void setState(null)} />
                  )
                }
              />
              {data.total > PER_PAGE && <Pager what="worker" page={state.page} perPage={PER_PAGE} total={data.total} onPage={(page) => void setState({ page })} />}
            </>
          )}
        </QueryView>
      </SectionCard>
    </>
  );
}
