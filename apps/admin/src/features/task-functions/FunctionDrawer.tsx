'use client';
import type { TaskFunction } from '@/api/types';
import { alternativesText } from '@/components/arguments/schema-fields';
import { DataTable, type Column } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { JsonView } from '@/components/JsonView';
import { Properties } from '@/components/Properties';
import { SideSheet } from '@/components/SideSheet';
import { StatusBadge } from '@/components/StatusBadge';
import { JobsOf } from './JobsOf';
import { Kind } from './Kind';
import { argumentRows, type ArgumentRow } from './schema-rows';
import classes from './task-functions.module.css';

const COLUMNS: Column<ArgumentRow>[] = [
  { key: 'name', header: 'Argument', isTitle: true, cell: (row) => <span className="mono">{row.name}</span> },
  { key: 'required', header: 'Needed', cell: (row) => (row.isRequired ? 'Required' : 'Optional') },
  { key: 'type', header: 'Type', cell: (row) => row.type },
  { key: 'limits', header: 'Limits', cell: (row) => [row.limits, row.description].filter((part) => part !== '').join('; ') || '–' },
];

/** One task function: what it is and which arguments it takes. */
export function FunctionDrawer({ taskFunction, onClose }: { taskFunction: TaskFunction | null; onClose: () => void }) {
  return (
    <SideSheet opened={taskFunction !== null} onClose={onClose} title={taskFunction?.displayName}>
      {taskFunction !== null && <Details taskFunction={taskFunction} />}
    </SideSheet>
  );
}

function Details({ taskFunction }: { taskFunction: TaskFunction }) {
  const rows = argumentRows(taskFunction.argumentSchema);
  const needed = alternativesText(taskFunction.argumentSchema);
  return (
    <>
      {taskFunction.description !== null && <p className={classes.description}>{taskFunction.description}</p>}
      <Properties
        rows={[
          ['Name', <span key="name" className="mono">{taskFunction.name}</span>],
          ['Kind', <Kind key="kind" type={taskFunction.handlerType} />],
          ['Handler', <span key="handler" className="mono">{taskFunction.handlerPath}</span>],
          ['Queue', taskFunction.queue],
          ['Default timeout', <Duration key="timeout" seconds={taskFunction.defaultTimeoutSeconds} />],
          ['Status', <StatusBadge key="status" status={taskFunction.isActive ? 'active' : 'inactive'} />],
          ['Jobs', <JobsOf key="jobs" functionId={taskFunction.id} name={taskFunction.displayName} />],
        ]}
      />
      <h3 className={classes.heading}>Arguments</h3>
      {needed !== null && <p className={classes.description}>{needed}</p>}
      {rows.length > 0 ? (
        <DataTable label="Arguments" columns={COLUMNS} rows={rows} rowId={(row) => row.name} />
      ) : (
        <p className={classes.description}>{taskFunction.argumentSchema === null ? 'Any object is accepted.' : 'It takes no arguments of its own.'}</p>
      )}
      {taskFunction.argumentSchema !== null && (
        <>
          <h3 className={classes.heading}>Schema</h3>
          <JsonView value={taskFunction.argumentSchema} what="Argument schema" />
        </>
      )}
    </>
  );
}
