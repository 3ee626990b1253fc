import type { JobDetail } from '@/api/types';
import { DataTable } from '@/components/DataTable';
import { SectionCard } from '@/components/SectionCard';
import classes from './JobPage.module.css';
import { policiesOf, type Policy } from './policies';

/** The settings that hold, and which of them somebody set. */
export function Policies({ job }: { job: JobDetail }) {
  return (
    <SectionCard title="Policies" flush>
      <DataTable<Policy>
        label="Policies"
        rows={policiesOf(job)}
        rowId={({ name }) => name}
        columns={[
          { key: 'name', header: 'Setting', isTitle: true, cell: ({ name }) => name },
          { key: 'value', header: 'Value', cell: ({ value, isOverridden }) => <span className={isOverridden ? classes.overridden : undefined}>{value}</span> },
          { key: 'default', header: 'Default', cell: ({ fallback, isOverridden }) => <span className={classes.muted}>{isOverridden ? fallback : 'the same'}</span> },
        ]}
      />
    </SectionCard>
  );
}
