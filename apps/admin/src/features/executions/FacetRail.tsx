'use client';
import { useNamedJobs } from '@/api/queries/catalogue';
import { toggled, TRIGGERS, type ExplorerChange, type ExplorerState } from './explorer-state';
import { DurationFilter } from './DurationFilter';
import { FacetGroup, type FacetItem } from './FacetGroup';
import classes from './FacetRail.module.css';
import { JobSearch } from './JobSearch';
import type { Facets } from './use-facets';
import { triggerWord } from '@/components/execution-words';
import { shortId } from '@/components/format';

export interface FacetRailProps {
  state: ExplorerState;
  facets: Facets;
  onChange: (change: ExplorerChange) => void;
}

/** What the list can be narrowed by, each value with how many executions it leaves. */
export function FacetRail({ state, facets, onChange }: FacetRailProps) {
  const job = useChosenJob(state.job_id, facets);
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
        items={jobItems(job, facets)}
        onToggle={(key) => { change({ job_id: one(state.job_id, key) }); }}
      >
        <JobSearch key={job?.name} chosen={job} onChoose={(id) => { change({ job_id: id }); }} />
      </FacetGroup>
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
        items={withChosen(state.worker_id, (facets.of('worker_id')?.workers ?? []).map(({ id, name, count }) => ({ key: id, label: name ?? shortId(id), count, isChosen: state.worker_id === id })))}
        onToggle={(key) => { change({ worker_id: one(state.worker_id, key) }); }}
      />
      <DurationFilter key={`${String(state.min)}-${String(state.max)}`} min={state.min} max={state.max} onChange={change} />
    </div>
  );
}

/** The chosen job is among them even when it has nothing in this range. */
function jobItems(chosen: ChosenJob | null, facets: Facets): FacetItem[] {
  const items = (facets.of('job_id')?.jobs ?? []).map(({ id, name, count }) => ({ key: id, label: name, count, isChosen: id === chosen?.id }));
  return chosen === null || items.some(({ isChosen }) => isChosen) ? items : [{ key: chosen.id, label: chosen.name, count: 0, isChosen: true }, ...items];
}

interface ChosenJob {
  readonly id: string;
  readonly name: string;
}

/** By name as soon as it is known: from the counts, or from the API when it has nothing in this range. */
function useChosenJob(id: string | null, facets: Facets): ChosenJob | null {
  const counted = facets.of('job_id')?.jobs.find((job) => job.id === id)?.name;
  const asked = useNamedJobs({ ids: id ?? '' }, { isEnabled: id !== null && facets.of('job_id') !== undefined && counted === undefined }).data;
  if (id === null) return null;
  return { id, name: counted ?? asked?.find((job) => job.id === id)?.name ?? shortId(id) };
}

/** What is chosen is among them even when it has nothing in this range. */
function withChosen(chosen: string | null, items: FacetItem[]): FacetItem[] {
  if (chosen === null || items.some(({ isChosen }) => isChosen)) return items;
  return [{ key: chosen, label: shortId(chosen), count: 0, isChosen: true }, ...items];
}
