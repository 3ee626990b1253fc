'use client';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useTaskFunctions } from '@/api/queries/catalogue';
import type { TaskFunction } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { Tag } from '@/components/Tag';
import { TwoLines } from '@/components/TwoLines';
import { FunctionDrawer } from './FunctionDrawer';
import { JobsOf } from './JobsOf';
import { Kind } from './Kind';
import classes from './task-functions.module.css';

const STATE = { q: parseAsString.withDefault(''), show: parseAsInteger };

export function TaskFunctionsPage() {
  const [state, setState] = useQueryStates(STATE);
  const functions = useTaskFunctions();
  const shown = functions.data?.taskFunctions.find(({ id }) => id === state.show);
  const columns = columnsWith((id) => void setState({ show: id }, { history: 'push' }));
  const needle = state.q.trim().toLowerCase();
  const matches = (row: TaskFunction) => [row.name, row.displayName, row.description ?? '', row.queue].some((text) => text.toLowerCase().includes(needle));
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
            onChange={(event) => void setState({ q: event.currentTarget.value })}
          />
        }
      />
      <SectionCard flush>
        <QueryView query={functions} what="The task functions" loading={<DataTable label="Task functions" columns={columns} rows={undefined} rowId={() => ''} />}>
          {({ taskFunctions }) => (
            <DataTable
              label="Task functions"
              columns={columns}
              rows={taskFunctions.filter(matches)}
              rowId={(row) => String(row.id)}
              empty={taskFunctions.length === 0 ? <NothingYet title="There is nothing to run yet" /> : <NothingMatches what="task functions" onClear={() => void setState({ q: null })} />}
            />
          )}
        </QueryView>
      </SectionCard>
      <FunctionDrawer taskFunction={shown ?? null} onClose={() => void setState({ show: null })} />
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
