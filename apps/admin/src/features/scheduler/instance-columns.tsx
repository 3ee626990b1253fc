import { IconStarFilled } from '@tabler/icons-react';
import type { SchedulerInstance } from '@/api/types';
import type { Column } from '@/components/DataTable';
import { HeartbeatAge } from '@/components/HeartbeatAge';
import { Instant } from '@/components/Instant';
import { TwoLines } from '@/components/TwoLines';
import classes from './scheduler.module.css';

/** @param asOf when the instances were loaded, milliseconds */
export function instanceColumns(asOf: number): Column<SchedulerInstance>[] {
  return [
    { key: 'host', header: 'Instance', isTitle: true, cell: (row) => <TwoLines strong below={`process ${String(row.pid)}`}>{row.hostname}</TwoLines> },
    { key: 'leader', header: 'Role', cell: (row) => <Role instance={row} /> },
    { key: 'since', header: 'Leads since', cell: (row) => <Instant at={row.isLeader ? row.leaderSince : null} /> },
    { key: 'beat', header: 'Heartbeat', cell: (row) => <HeartbeatAge at={row.lastHeartbeat} asOf={asOf} of={`${row.hostname} ${String(row.pid)}`} /> },
    { key: 'started', header: 'Started', cell: (row) => <Instant at={row.startedAt} /> },
    { key: 'version', header: 'Version', cell: (row) => row.version },
  ];
}

function Role({ instance }: { instance: SchedulerInstance }) {
  if (!instance.isLeader) return <span className={classes.standby}>Stands by</span>;
  return (
    <span className={classes.leader}>
      <IconStarFilled size={14} aria-hidden />
      Leader
    </span>
  );
}
