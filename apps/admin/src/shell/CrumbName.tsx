'use client';
import { useExecution } from '@/api/queries/executions';
import { useJob } from '@/api/queries/jobs';
import { useWorker } from '@/api/queries/platform';
import type { Crumb } from './navigation';

/** The name of what a breadcrumb stands for. Its page asks for the same, so that nothing more is asked. */
export function CrumbName({ label, thing }: Pick<Crumb, 'label' | 'thing'>) {
  if (thing === null) return label;
  const Name = NAMES[thing.kind];
  return <Name id={thing.id} label={label} />;
}

interface NameProps {
  id: string;
  /** Until it is known. */
  label: string;
}

function JobName({ id, label }: NameProps) {
  return useJob(id).data?.data.name ?? label;
}

function ExecutionName({ id, label }: NameProps) {
  const { data } = useExecution(id);
  return data === undefined ? label : `${data.jobName} #${String(data.number)}`;
}

function WorkerName({ id, label }: NameProps) {
  return useWorker(id).data?.name ?? label;
}

const NAMES = { job: JobName, execution: ExecutionName, worker: WorkerName } as const;
