'use client';
import { useMeta, useSchedulerStatus, useWorkers } from '@/api/queries/platform';
import { useNow } from '@/components/clock';
import { formatDistance } from '@/components/format';
import { counted } from '@/components/words';
import { useHeartbeatPolling } from '@/live/heartbeat-polling';
import classes from './Footer.module.css';

/** Who leads, how many workers there are, and which release this is. */
export function Footer() {
  const status = useSchedulerStatus({ pollMs: useHeartbeatPolling() });
  const workers = useWorkers({ status: 'alive' });
  const meta = useMeta();
  const now = useNow();
  const leader = status.data?.leaderInstance ?? null;
  const age = leader === null || now === 0 ? null : Math.max(0, (now - Date.parse(leader.lastHeartbeat)) / 1_000);
  const version = meta.data?.version ?? leader?.version;
  return (
    <div className={classes.footer}>
      <span className={classes.item}>
        <span className={classes.dot} data-tone={status.isError ? 'failed' : status.data === undefined ? 'pending' : leader === null ? 'failed' : 'success'} aria-hidden />
        {status.data === undefined ? (status.isError ? 'Scheduler unknown' : 'Scheduler …') : leader === null ? 'No leader' : `Leader ${leader.hostname}`}
        {age !== null && <span className={classes.faint}>heartbeat {formatDistance(age)} ago</span>}
      </span>
      {workers.data !== undefined && (
        <span className={classes.item}>
          <span className={classes.dot} data-tone={workers.data.total === 0 ? 'failed' : 'success'} aria-hidden />
          {counted(workers.data.total, 'worker')}
        </span>
      )}
      {version !== undefined && <span className={`${classes.item} ${classes.end}`}>Takt {version}</span>}
    </div>
  );
}
