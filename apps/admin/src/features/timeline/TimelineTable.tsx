import type { Timeline } from '@/api/contract';
import { DataTable, type Column } from '@/components/DataTable';
import { formatCount } from '@/components/format';
import { Countdown } from '@/components/Instant';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';

type Row = Timeline['rows'][number];

const count = ({ executions }: Row, ...statuses: string[]) => formatCount(executions.filter(({ status }) => statuses.includes(status)).length);

const COLUMNS: Column<Row>[] = [
  { key: 'name', header: 'Job', isTitle: true, cell: (row) => <TextLink strong href={`/jobs/${row.jobId}`}>{row.name}</TextLink> },
  { key: 'state', header: 'State', width: '120px', cell: (row) => <StatusBadge plain status={row.state} /> },
  { key: 'runs', header: 'Runs', align: 'right', width: '80px', cell: (row) => formatCount(row.executions.length) },
  { key: 'success', header: 'Succeeded', align: 'right', width: '100px', cell: (row) => count(row, 'success') },
  { key: 'failed', header: 'Failed', align: 'right', width: '80px', cell: (row) => count(row, 'failed', 'timeout') },
  { key: 'skipped', header: 'Skipped', align: 'right', width: '80px', cell: (row) => count(row, 'skipped') },
  { key: 'running', header: 'Running', align: 'right', width: '80px', cell: (row) => count(row, 'running') },
  { key: 'projected', header: 'To come', align: 'right', width: '80px', cell: (row) => formatCount(row.projected.length) },
  { key: 'next', header: 'Next', width: '120px', cell: (row) => <Countdown at={row.projected[0] ?? null} timeZone={row.timezone} /> },
];

/** The same as the chart, in figures. */
export function TimelineTable({ timeline }: { timeline: Timeline }) {
  return <DataTable label="Jobs on the timeline" columns={COLUMNS} rows={timeline.rows} rowId={({ jobId }) => jobId} />;
}
