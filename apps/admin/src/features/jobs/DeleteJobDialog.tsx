import { useDeleteJob } from '@/api/queries/job-changes';
import type { Job } from '@/api/types';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { tellDone, tellError } from '@/components/feedback';

/** Null is closed. */
export function DeleteJobDialog({ job, onClose }: { job: Pick<Job, 'id' | 'name' | 'isRunning'> | null; onClose: () => void }) {
  const { mutateAsync, isPending } = useDeleteJob();
  if (job === null) return null;
  const remove = () => {
    mutateAsync({ id: job.id }).then(
      () => {
        tellDone(`Deleted “${job.name}”.`);
        onClose();
      },
      (error: unknown) => { tellError(`“${job.name}” was not deleted`, error); },
    );
  };
  return (
    <ConfirmDialog opened onClose={onClose} onConfirm={remove} title="Delete job" action="Delete job" typed={job.name} danger isPending={isPending}>
      It will not run again, and its executions are deleted with it.
      {job.isRunning && ' The run that is going on is stopped.'}
    </ConfirmDialog>
  );
}
