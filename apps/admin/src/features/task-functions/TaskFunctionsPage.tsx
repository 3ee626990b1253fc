'use client';
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { debounce, parseAsInteger, parseAsString } from 'nuqs';
import { useTaskFunction, useTaskFunctions } from '@/api/queries/catalogue';
import type { TaskFunction } from '@/api/types';
import { useAddressState } from '@/components/address-state';
import { DataTable, type Column } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Pager } from '@/components/Pager';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { Tag } from '@/components/Tag';
import { TwoLines } from '@/components/TwoLines';
import { FunctionDrawer } from './FunctionDrawer';
import { JobsOf } from './JobsOf';
import { Kind } from './Kind';
import classes from './task-functions.module.css';

const STATE = { q: parseAsString.withDefault(''), page: parseAsInteger.withDefault(1), show: parseAsInteger };
const PER_PAGE = 50;
const SEARCH_SETTLES_MS = 250;

export function TaskFunctionsPage() {
  const [state, setState] = useAddressState(STATE);
  const page = Math.max(1, state.page);
  const [asked] = useDebouncedValue(state.q.trim(), SEARCH_SETTLES_MS);
  const functions = useTaskFunctions({ q: asked, page, per_page: PER_PAGE });
  const onPage = functions.data?.taskFunctions.find(({ id }) => id === state.show);
  const elsewhere = useTaskFunction(onPage === undefined ? state.show : null);
  const columns = columnsWith((id) => void setState({ show: id }, { history: 'push' }));
  return (
    <>
      <PageHeader
        title="Task functions"
        subtitle="What jobs can run."
        actions={
          <TextInput
            data-search
            size="xs"
            w={240}
            aria-label="Search task functions"
            placeholder="Search"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={state.q}
            onChange={(event) => void setState({ q: event.currentTarget.value, page: null }, { limitUrlUpdates: debounce(SEARCH_SETTLES_MS) })}
          />
        }
      />
      <SectionCard flush>
        <QueryView query={functions} what="The task functions" loading={<DataTable label="Task functions" columns={columns} rows={undefined} rowId={() => ''} />}>
          {({ taskFunctions, total }) => (
            <>
              <DataTable
                label="Task functions"
                columns={columns}
                rows={taskFunctions}
                rowId={(row) => String(row.id)}
                empty={state.q === '' && page === 1 ? <NothingYet title="There is nothing to run yet" /> : <NothingMatches what="task functions" onClear={() => void setState({ q: null, page: null })} />}
              />
              {total > PER_PAGE && <Pager what="task function" page={page} perPage={PER_PAGE} total={total} onPage={(next) => void setState({ page: next }, { history: 'push' })} />}
            </>
          )}
        </QueryView>
      </SectionCard>
      <FunctionDrawer taskFunction={state.show === null ? null : (onPage ?? elsewhere.data ?? null)} onClose={() => void setState({ show: null })} />
    </>
  );
}

function columnsWith(onShow: (id: number) => void): Column<TaskFunction>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      isTitle: true,
      cell: (row) => (
        <TwoLines below={row.description ?? row.name}>
          <button type="button" className={classes.name} onClick={() => { onShow(row.id); }}>
            {row.displayName}
          </button>
        </TwoLines>
      ),
    },
    { key: 'type', header: 'Kind', cell: (row) => <Kind type={row.handlerType} /> },
    { key: 'queue', header: 'Queue', cell: (row) => <Tag>{row.queue}</Tag> },
    { key: 'timeout', header: 'Default timeout', align: 'right', cell: (row) => <Duration seconds={row.defaultTimeoutSeconds} /> },
    { key: 'active', header: 'Status', cell: (row) => <StatusBadge status={row.isActive ? 'active' : 'inactive'} /> },
    { key: 'system', header: 'Origin', cell: (row) => (row.isSystem ? <Tag>System</Tag> : '–') },
    { key: 'jobs', header: 'Jobs', align: 'right', cell: (row) => <JobsOf functionId={row.id} name={row.displayName} /> },
  ];
}
