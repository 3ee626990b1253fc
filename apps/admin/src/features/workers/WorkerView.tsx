import type { Execution, WorkerDetail } from '@/api/types';
import { CardGrid } from '@/components/CardGrid';
import { DataTable, type Column } from '@/components/DataTable';
import { Duration, Elapsed } from '@/components/Duration';
import { NothingYet } from '@/components/EmptyState';
import { formatCount, formatDuration, formatPercent } from '@/components/format';
import { HeartbeatAge } from '@/components/HeartbeatAge';
import { Instant } from '@/components/Instant';
import { Kpi } from '@/components/Kpi';
import { Properties } from '@/components/Properties';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { Tag, Tags } from '@/components/Tag';
import { TextLink } from '@/components/TextLink';
import { counted } from '@/components/words';
import { Slots } from './slots';
import { SKEW_LIMIT_S, skewText } from './worker-words';

const RUNNING: Column<Execution>[] = [
  { key: 'job', header: 'Job', isTitle: true, cell: (row) => <TextLink strong href={`/executions/${row.id}`}>{`${row.jobName} #${String(row.number)}`}</TextLink> },
  { key: 'status', header: 'Status', cell: (row) => <StatusBadge plain status={row.status} /> },
  { key: 'queue', header: 'Queue', cell: (row) => <Tag>{row.queue}</Tag> },
  { key: 'attempt', header: 'Attempt', align: 'right', cell: (row) => `${String(row.attempt)}/${String(row.maxAttempts)}` },
  { key: 'started', header: 'Started', cell: (row) => <Instant at={row.startedAt} /> },
  { key: 'elapsed', header: 'Elapsed', align: 'right', cell: (row) => <Elapsed since={row.startedAt} /> },
];

/** @param asOf when it was loaded, milliseconds */
export function WorkerView({ worker, asOf }: { worker: WorkerDetail; asOf: number }) {
  const { statistics } = worker;
  const ended = statistics.succeeded + statistics.failed;
  return (
    <>
      <CardGrid min={150}>
        <Kpi label="Last 24 hours" value={formatCount(statistics.last24Hours)} note="executions" />
        <Kpi label="Last 7 days" value={formatCount(statistics.last7Days)} note="executions" />
        <Kpi label="Succeeded" value={formatCount(statistics.succeeded)} note={ended === 0 ? 'none has ended yet' : `${formatPercent((statistics.succeeded / ended) * 100)} of all`} />
        <Kpi label="Failed" value={formatCount(statistics.failed)} note={ended === 0 ? 'none has ended yet' : `${formatPercent((statistics.failed / ended) * 100)} of all`} />
        <Kpi label="Average duration" value={formatDuration(statistics.averageDurationSeconds)} note={statistics.lastFinishedAt === null ? 'nothing has ended yet' : <>last ended <Instant at={statistics.lastFinishedAt} /></>} />
      </CardGrid>
      <SectionCard title={`Running now (${formatCount(worker.runningExecutions.length)})`} flush>
        <DataTable label="Running executions" columns={RUNNING} rows={worker.runningExecutions} rowId={(row) => row.id} empty={<NothingYet title="It runs nothing at the moment" />} />
      </SectionCard>
      <div style={{ height: 16 }} />
      <CardGrid min={320}>
        <SectionCard title="Process">
          <Properties
            rows={[
              ['Slots in use', <Slots key="slots" worker={worker} />],
              ['Heartbeat', worker.status === 'stopped' ? <Instant key="beat" at={worker.lastHeartbeat} /> : <HeartbeatAge key="beat" at={worker.lastHeartbeat} asOf={asOf} of={worker.name} />],
              ['Uptime', <Duration key="up" seconds={worker.uptimeSeconds} />],
              ['Registered', <Instant key="reg" at={worker.registeredAt} show="absolute" />],
              ['Process', String(worker.pid)],
              ['Version', worker.version],
              ['Clock', <Clock key="clock" seconds={worker.clockSkewSeconds} />],
            ]}
          />
        </SectionCard>
        <SectionCard title="What it takes">
          <Properties
            rows={[
              ['Queues', <Tags key="queues" names={worker.queues} />],
              ['Kinds of task', <Tags key="types" names={worker.taskTypes} />],
              ['Isolation', worker.isolation ?? 'Not told'],
              ['At a time', counted(worker.concurrency, 'execution')],
            ]}
          />
        </SectionCard>
      </CardGrid>
    </>
  );
}

function Clock({ seconds }: { seconds: number | null }) {
  if (seconds === null) return <>Not measured</>;
  const isOff = Math.abs(seconds) > SKEW_LIMIT_S;
  return <span className="tabular">{`${skewText(seconds)} against the database${isOff ? ': it takes nothing new' : ''}`}</span>;
}
