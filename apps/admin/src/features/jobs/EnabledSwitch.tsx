import { Switch } from '@mantine/core';
import type { Job } from '@/api/types';
import { useJobToggle } from '@/components/use-job-toggle';
import { Guarded } from '@/session/Guarded';

export function EnabledSwitch({ job }: { job: Job }) {
  const toggle = useJobToggle();
  return (
    <Guarded needs="TaskWrite">
      <Switch
        size="sm"
        aria-label={`${job.name} is enabled`}
        checked={job.isEnabled}
        onChange={(event) => {
          toggle(job, event.currentTarget.checked);
        }}
      />
    </Guarded>
  );
}
