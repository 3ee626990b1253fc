'use client';
import { Skeleton } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { JobDetail } from '@/api/types';
import { DataTable } from '@/components/DataTable';
import { NothingYet } from '@/components/EmptyState';
import { SectionCard } from '@/components/SectionCard';
import { TextLink } from '@/components/TextLink';
import { Dependencies } from './Dependencies';
import { executionColumns } from './execution-columns';
import { Figures } from './Figures';
import classes from './JobPage.module.css';
import { NextFires } from './NextFires';
import { Policies } from './Policies';

const DurationChart = dynamic(() => import('./durations/DurationChart').then((module) => module.DurationChart), { ssr: false, loading: () => <Skeleton height={260} /> });

const RECENT = 10;

export function JobOverview({ job }: { job: JobDetail }) {
  return (
    <div className={classes.panel}>
      <Figures job={job} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <DurationChart job={job} />
          <NextFires job={job} />
        </div>
        <div className={classes.column}>
          <Policies job={job} />
          <Dependencies job={job} />
        </div>
      </div>
      <SectionCard title="Recent executions" flush actions={<TextLink href={`/jobs/${job.id}?tab=executions`}>All executions</TextLink>}>
        <DataTable
          label="Executions, newest first"
          rows={job.recentExecutions.slice(0, RECENT)}
          rowId={(row) => row.id}
          empty={<NothingYet title="It has not run yet">Its runs will be listed here.</NothingYet>}
          columns={executionColumns(job.timezone)}
        />
      </SectionCard>
    </div>
  );
}
