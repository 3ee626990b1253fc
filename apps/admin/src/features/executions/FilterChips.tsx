'use client';
import { IconX } from '@tabler/icons-react';
import { useJob } from '@/api/queries/jobs';
import { useTaskFunction } from '@/api/queries/catalogue';
import { useWorker } from '@/api/queries/platform';
import { formatDuration, shortId } from '@/components/format';
import { statusLook } from '@/components/status';
import { NO_FILTERS, setFilters, toggled, type ExplorerChange, type ExplorerState } from './explorer-state';
import classes from './FilterChips.module.css';
import { triggerWord } from '@/components/execution-words';

export interface FilterChipsProps {
  state: ExplorerState;
  onChange: (change: ExplorerChange) => void;
}

/** What the list is narrowed by, each with a button that takes it back. Nothing is narrowed: nothing. */
export function FilterChips({ state, onChange }: FilterChipsProps) {
  if (setFilters(state).length === 0) return null;
  const change = (next: ExplorerChange) => { onChange({ ...next, cursor: null }); };
  return (
    <div className={classes.chips} role="group" aria-label="Filters">
      {state.status.map((status) => (
        <Chip key={status} name="Status" value={statusLook(status).word} onRemove={() => { change({ status: toggled(state.status, status) }); }} />
      ))}
      {state.trigger.map((trigger) => (
        <Chip key={trigger} name="Trigger" value={triggerWord(trigger)} onRemove={() => { change({ trigger: toggled(state.trigger, trigger) }); }} />
      ))}
      {state.job_id !== null && <JobChip id={state.job_id} onRemove={() => { change({ job_id: null }); }} />}
      {state.task_function_id !== null && <FunctionChip id={state.task_function_id} onRemove={() => { change({ task_function_id: null }); }} />}
      {state.queue !== null && <Chip name="Queue" value={state.queue} onRemove={() => { change({ queue: null }); }} />}
      {state.worker_id !== null && <WorkerChip id={state.worker_id} onRemove={() => { change({ worker_id: null }); }} />}
      {(state.min !== null || state.max !== null) && <Chip name="Duration" value={durationText(state.min, state.max)} onRemove={() => { change({ min: null, max: null }); }} />}
      {state.q.trim() !== '' && <Chip name="Error contains" value={state.q} onRemove={() => { change({ q: null }); }} />}
      <button type="button" className={classes.clear} onClick={() => { onChange(NO_FILTERS); }}>
        Clear all
      </button>
    </div>
  );
}

function durationText(min: number | null, max: number | null): string {
  if (min === null) return `at most ${formatDuration(max)}`;
  return max === null ? `at least ${formatDuration(min)}` : `${formatDuration(min)} to ${formatDuration(max)}`;
}

function JobChip({ id, onRemove }: { id: string; onRemove: () => void }) {
  return <Chip name="Job" value={useJob(id).data?.data.name ?? shortId(id)} onRemove={onRemove} />;
}

function FunctionChip({ id, onRemove }: { id: number; onRemove: () => void }) {
  return <Chip name="Task function" value={useTaskFunction(id).data?.displayName ?? String(id)} onRemove={onRemove} />;
}

function WorkerChip({ id, onRemove }: { id: string; onRemove: () => void }) {
  return <Chip name="Worker" value={useWorker(id).data?.name ?? shortId(id)} onRemove={onRemove} />;
}

function Chip({ name, value, onRemove }: { name: string; value: string; onRemove: () => void }) {
  return (
    <span className={classes.chip}>
      <span className={classes.name}>{name}</span>
      <span className={classes.value}>{value}</span>
      <button type="button" className={classes.remove} aria-label={`Remove the filter ${name}: ${value}`} onClick={onRemove}>
        <IconX size={12} aria-hidden />
      </button>
    </span>
  );
}
