'use client';
import { useWorkers } from '@/api/queries/platform';
import { toggled, TRIGGERS, type ExplorerChange, type ExplorerState } from './explorer-state';
import { shortId } from '@/components/format';
import { DurationFilter } from './DurationFilter';
import { FacetGroup, type FacetItem } from './FacetGroup';
import classes from './FacetRail.module.css';
import type { Facets } from './use-facets';
import { triggerWord } from '@/components/execution-words';

export interface FacetRailProps {
  state: ExplorerState;
  facets: Facets;
  onChange: (change: ExplorerChange) => void;
}

/** What the list can be narrowed by, each value with how many executions it leaves. */
export function FacetRail({ state, facets, onChange }: FacetRailProps) {
  const workers = useWorkers({ per_page: 100 }).data?.workers ?? [];
  const change = (next: ExplorerChange) => { onChange({ ...next, cursor: null }); };
  const triggers = facets.of('trigger')?.triggers;
  const one = <Value,>(current: Value | null, value: Value) => (current === value ? null : value);
  return (
    <div className={classes.rail}>
      <FacetGroup
        title="Trigger"
        items={TRIGGERS.map((trigger) => ({ key: trigger, label: triggerWord(trigger), count: triggers?.[trigger] ?? 0, isChosen: state.trigger.includes(trigger) }))}
        onToggle={(key) => {
          const trigger = TRIGGERS.find((candidate) => candidate === key);
          if (trigger !== undefined) change({ trigger: toggled(state.trigger, trigger) });
        }}
      />
      <FacetGroup
        title="Job"
        items={jobItems(state, facets)}
        onToggle={(key) => { change({ job_id: one(state.job_id, key) }); }}
      />
      <FacetGroup
        title="Task function"
        items={(facets.of('task_function_id')?.taskFunctions ?? []).flatMap(({ id, displayName, count }): FacetItem[] =>
          id === null ? [] : [{ key: String(id), label: displayName, count, isChosen: state.task_function_id === id }],
        )}
        onToggle={(key) => { change({ task_function_id: one(state.task_function_id, Number(key)) }); }}
      />
      <FacetGroup
        title="Queue"
        items={(facets.of('queue')?.queues ?? []).map(({ name, count }) => ({ key: name, label: name, count, isChosen: state.queue === name }))}
        onToggle={(key) => { change({ queue: one(state.queue, key) }); }}
      />
      <FacetGroup
        title="Worker"
        items={workers.map(({ id, name }) => ({ key: id, label: name, count: null, isChosen: state.worker_id === id }))}
        onToggle={(key) => { change({ worker_id: one(state.worker_id, key) }); }}
      />
      <DurationFilter key={`${String(state.min)}-${String(state.max)}`} min={state.min} max={state.max} onChange={change} />
    </div>
  );
}

/** The chosen job is among them even when it has nothing in this range. */
function jobItems(state: ExplorerState, facets: Facets): FacetItem[] {
  const items = (facets.of('job_id')?.jobs ?? []).map(({ id, name, count }) => ({ key: id, label: name, count, isChosen: state.job_id === id }));
  const isMissing = state.job_id !== null && !items.some(({ isChosen }) => isChosen);
  return isMissing && state.job_id !== null ? [{ key: state.job_id, label: shortId(state.job_id), count: 0, isChosen: true }, ...items] : items;
}
