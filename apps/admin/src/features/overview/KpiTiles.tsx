import type { Overview } from '@/api/contract';
import { CardGrid } from '@/components/CardGrid';
import { formatCount, formatDuration, formatPercent } from '@/components/format';
import { Kpi } from '@/components/Kpi';
import { ShareBar } from '@/components/ShareBar';
import { Sparkline } from '@/components/Sparkline';
import { differenceText, endedOf, failuresOf, rateOf } from './figures';

const HOURS = 24;

/** Six figures, each a link to the list behind it. Undefined draws them without values, in the same size. */
export function KpiTiles({ overview }: { overview: Overview | undefined }) {
  return (
    <CardGrid min={150}>
      <JobsTile overview={overview} />
      <Kpi label="Running now" value={overview && formatCount(overview.executions.running)} note={overview && `${formatCount(overview.executions.waiting)} waiting`} href="/executions?status=running&range=30d">
        <Hourly overview={overview} of={endedOf} label="Runs that ended, by hour" colour="var(--status-running)" />
      </Kpi>
      <Kpi label="Succeeded, 24 h" value={overview && formatCount(overview.last24Hours.success)} note={overview && `${formatCount(overview.last24Hours.skipped)} skipped`} href="/executions?status=success">
        <Hourly overview={overview} of={({ success }) => success} label="Succeeded, by hour" colour="var(--status-success)" />
      </Kpi>
      <Kpi
        label="Failed, 24 h"
        value={overview && formatCount(failuresOf(overview.last24Hours))}
        note={overview && <Difference overview={overview} />}
        href="/executions?status=failed,timeout"
      >
        <Hourly overview={overview} of={failuresOf} label="Failed or timed out, by hour" colour="var(--status-failed)" />
      </Kpi>
      <Kpi
        label="Success rate, 24 h"
        value={overview && formatPercent(overview.last24Hours.successRate)}
        note={overview && (overview.previous24Hours.successRate === null ? 'no runs the day before' : `${formatPercent(overview.previous24Hours.successRate)} the day before`)}
        href="/executions?status=success,failed,timeout"
      >
        <Hourly overview={overview} of={(counts) => rateOf(counts) ?? 0} label="Success rate in percent, by hour" colour="var(--accent)" />
      </Kpi>
      <Kpi
        label="Oldest waiting"
        value={overview && (overview.executions.oldestWaitingSeconds === null ? 'None' : formatDuration(overview.executions.oldestWaitingSeconds))}
        note={overview && (overview.jobs.overdue === 0 ? 'no job is late' : `${formatCount(overview.jobs.overdue)} late`)}
        href="/queues"
      >
        <ShareBar
          label="Executions by where they are"
          parts={[
            { name: 'running', value: overview?.executions.running ?? 0, colour: 'var(--status-running)' },
            { name: 'waiting', value: overview?.executions.waiting ?? 0, colour: 'var(--status-pending)' },
          ]}
        />
      </Kpi>
    </CardGrid>
  );
}

function JobsTile({ overview }: { overview: Overview | undefined }) {
  return (
    <Kpi label="Enabled jobs" value={overview && formatCount(overview.jobs.enabled)} note={overview && `of ${formatCount(overview.jobs.total)}`} href="/jobs?status=enabled">
      <ShareBar
        label="Jobs by state"
        parts={[
          { name: 'enabled', value: overview?.jobs.enabled ?? 0, colour: 'var(--status-success)' },
          { name: 'paused', value: overview?.jobs.paused ?? 0, colour: 'var(--status-skipped)' },
          { name: 'disabled', value: overview?.jobs.disabled ?? 0, colour: 'var(--status-cancelled)' },
        ]}
      />
    </Kpi>
  );
}

function Difference({ overview }: { overview: Overview }) {
  const [now, before] = [failuresOf(overview.last24Hours), failuresOf(overview.previous24Hours)];
  const by = now - before;
  return <span title={differenceText(now, before)}>{by === 0 ? 'as the day before' : `${by > 0 ? '+' : '−'}${formatCount(Math.abs(by))} to the day before`}</span>;
}

function Hourly({ overview, of, label, colour }: { overview: Overview | undefined; of: (hour: Overview['hourly'][number]) => number; label: string; colour: string }) {
  const values = overview === undefined ? Array.from({ length: HOURS }, () => 0) : overview.hourly.map(of);
  const highest = Math.max(0, ...values);
  return <Sparkline values={values} label={`${label}, at most ${formatCount(highest)}.`} colour={colour} />;
}
