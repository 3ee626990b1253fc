'use client';
import type { JobDetail } from '@/api/types';
import { DataTable } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { NewerPill } from '@/components/NewerPill';
import { SectionCard } from '@/components/SectionCard';
import { TextLink } from '@/components/TextLink';
import { useSteadyRows } from '@/components/use-steady-rows';
import { executionColumns } from './execution-columns';
import classes from './JobPage.module.css';

/** As many as the API tells of. */
const RECENT = 10;

/** The last executions, which stay in their places while new ones come. */
export function RecentExecutions({ job: { id, timezone, recentExecutions } }: { job: JobDetail }) {
  const { rows, newer, showNewer } = useSteadyRows(id, { rows: recentExecutions, isFull: recentExecutions.length >= RECENT, isOld: false });
  return (
    <div className={classes.steady}>
      <NewerPill count={newer} most={RECENT} what="new execution" onShow={showNewer} />
      <SectionCard title="Recent executions" flush actions={<TextLink href={`/jobs/${id}?tab=executions`}>All executions</TextLink>}>
        <DataTable
          label="Executions, newest first"
          rows={rows}
          rowId={(row) => row.id}
          empty={<NothingYet title="It has not run yet">Its runs will be listed here.</NothingYet>}
          columns={executionColumns(timezone)}
        />
      </SectionCard>
    </div>
  );
}
