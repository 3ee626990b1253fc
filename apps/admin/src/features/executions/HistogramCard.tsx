'use client';
import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { STATUSES, type Status } from '@/api/types';
import { formatCount } from '@/components/format';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { statusLook } from '@/components/status';
import { Histogram } from './Histogram';
import classes from './HistogramCard.module.css';
import { HistogramTable } from './HistogramTable';
import type { Facets } from './use-facets';

export interface HistogramCardProps {
  facets: Facets;
  chosen: readonly Status[];
  onStatus: (status: Status) => void;
  onRange: (range: { from: string; to: string }) => void;
}

/** The statuses with their counts, which filter, above when it happened. */
export function HistogramCard({ facets, chosen, onStatus, onRange }: HistogramCardProps) {
  const [isTable, setIsTable] = useState(false);
  const counts = facets.of('status')?.statuses;
  const View = isTable ? HistogramTable : Histogram;
  return (
    <SectionCard flush>
      <div className={classes.head}>
        <div className={classes.statuses} role="group" aria-label="Status">
          {STATUSES.map((status) => (
            <StatusToggle key={status} status={status} count={counts?.[status] ?? null} isChosen={chosen.includes(status)} onClick={() => { onStatus(status); }} />
          ))}
        </div>
        <Tooltip label={isTable ? 'View as chart' : 'View as table'}>
          <ActionIcon aria-label={isTable ? 'View as chart' : 'View as table'} onClick={() => { setIsTable(!isTable); }}>
            {isTable ? <IconChartBar size={16} aria-hidden /> : <IconTable size={16} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      </div>
      <QueryView query={facets.all} what="The counts" loading={<Skeleton height={88} m="md" />}>
        {(data) => (
          <>
            {data.isCapped && <p className={classes.note}>Counted over the newest 100 000 executions of this range.</p>}
            <View facets={data} onRange={onRange} />
          </>
        )}
      </QueryView>
    </SectionCard>
  );
}

function StatusToggle({ status, count, isChosen, onClick }: { status: Status; count: number | null; isChosen: boolean; onClick: () => void }) {
  const { word, tone, icon: Icon } = statusLook(status);
  return (
    <button type="button" className={classes.status} aria-pressed={isChosen} data-none={count === 0 || undefined} style={{ '--tone': `var(--status-${tone})`, '--soft': `var(--status-${tone}-soft)` }} onClick={onClick}>
      <Icon size={14} stroke={2} aria-hidden />
      <span>{word}</span>
      <span className={classes.count}>{count === null ? '…' : formatCount(count)}</span>
    </button>
  );
}
