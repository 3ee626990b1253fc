import type { QueueInfo } from '@/api/types';
import type { Column } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { formatCount } from '@/components/format';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import { TwoLines } from '@/components/TwoLines';
import { BoardLink } from './BoardLink';
import { stateOf, type QueueState } from './queue-state';
import classes from './queues.module.css';

const BADGES: Readonly<Record<QueueState, { status: string; word: string }>> = {
  served: { status: 'alive', word: 'Served' },
  idle: { status: 'never_run', word: 'No worker' },
  unserved: { status: 'late', word: 'Unserved' },
  paused: { status: 'paused', word: 'Paused' },
};

export const QUEUE_COLUMNS: Column<QueueInfo>[] = [
  { key: 'name', header: 'Queue', isTitle: true, cell: (row) => <TwoLines below={<Functions names={row.taskFunctions} />}><TextLink strong href={`/jobs?queue=${encodeURIComponent(row.name)}`}>{row.name}</TextLink></TwoLines> },
  { key: 'state', header: 'State', cell: (row) => <State queue={row} /> },
  { key: 'waiting', header: 'Waiting', align: 'right', cell: (row) => formatCount(row.waiting) },
  { key: 'running', header: 'Running', align: 'right', cell: (row) => formatCount(row.running) },
  { key: 'oldest', header: 'Oldest wait', align: 'right', cell: (row) => <Duration seconds={row.oldestWaitingSeconds} /> },
  { key: 'workers', header: 'Workers', align: 'right', cell: (row) => formatCount(row.workers) },
  { key: 'broker', header: 'In the queue store', cell: (row) => <Broker counts={row.broker} /> },
  { key: 'board', header: 'Bull Board', isHeaderHidden: true, align: 'right', cell: (row) => <BoardLink queue={row.name} /> },
];

function State({ queue }: { queue: QueueInfo }) {
  const { status, word } = BADGES[stateOf(queue)];
  return <StatusBadge status={status}>{word}</StatusBadge>;
}

function Functions({ names }: { names: readonly string[] }) {
  const [first, second, ...rest] = names;
  const shown = [first, second].filter((name) => name !== undefined).join(', ');
  if (shown === '') return <>No task function</>;
  return <span title={names.join(', ')}>{rest.length === 0 ? shown : `${shown} and ${String(rest.length)} more`}</span>;
}

function Broker({ counts }: { counts: QueueInfo['broker'] }) {
  if (counts === null) return <span className={classes.silent}>Did not answer</span>;
  const { paused: _paused, ...numbers } = counts;
  return (
    <span className={classes.counts}>
      {Object.entries(numbers).map(([name, count]) => (
        <span key={name} className={classes.count} data-some={count > 0 || undefined}>
          {formatCount(count)} {name}
        </span>
      ))}
    </span>
  );
}
