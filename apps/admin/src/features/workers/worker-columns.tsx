import type { Worker } from '@/api/types';
import type { Column } from '@/components/DataTable';
import { Duration } from '@/components/Duration';
import { HeartbeatAge } from '@/components/HeartbeatAge';
import { Instant } from '@/components/Instant';
import { StatusBadge } from '@/components/StatusBadge';
import { Tags } from '@/components/Tag';
import { TextLink } from '@/components/TextLink';
import { TwoLines } from '@/components/TwoLines';
import { Slots } from './slots';
import { skewText } from './worker-words';

/** @param asOf when the workers were loaded, milliseconds */
export function workerColumns(asOf: number): Column<Worker>[] {
  return [
    {
      key: 'name',
      header: 'Worker',
      isTitle: true,
      cell: (worker) => (
        <TwoLines below={worker.ipAddress === null ? worker.hostname : `${worker.hostname} · ${worker.ipAddress}`}>
          <TextLink strong href={`/workers/${worker.id}`}>
            {worker.name}
          </TextLink>
        </TwoLines>
      ),
    },
    { key: 'status', header: 'Status', cell: (worker) => <StatusBadge status={worker.status} /> },
    { key: 'slots', header: 'Slots', cell: (worker) => <Slots worker={worker} /> },
    {
      key: 'heartbeat',
      header: 'Heartbeat',
      // One that stopped by itself is not expected to beat any more.
      cell: (worker) => (worker.status === 'stopped' ? <Instant at={worker.lastHeartbeat} /> : <HeartbeatAge at={worker.lastHeartbeat} asOf={asOf} of={worker.name} />),
    },
    { key: 'uptime', header: 'Uptime', align: 'right', cell: (worker) => <Duration seconds={worker.uptimeSeconds} /> },
    { key: 'queues', header: 'Queues', cell: (worker) => <Tags names={worker.queues} most={3} /> },
    { key: 'isolation', header: 'Isolation', cell: (worker) => worker.isolation ?? '–' },
    { key: 'clock', header: 'Clock', align: 'right', cell: (worker) => <span className="tabular">{skewText(worker.clockSkewSeconds)}</span> },
    { key: 'version', header: 'Version', cell: (worker) => worker.version },
  ];
}
