'use client';
import { Skeleton } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { JobDetail } from '@/api/types';
import { Dependencies } from './Dependencies';
import { Figures } from './Figures';
import classes from './JobPage.module.css';
import { NextFires } from './NextFires';
import { Policies } from './Policies';
import { RecentExecutions } from './RecentExecutions';

const DurationChart = dynamic(() => import('./durations/DurationChart').then((module) => module.DurationChart), { ssr: false, loading: () => <Skeleton height={260} /> });

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
      <RecentExecutions job={job} />
    </div>
  );
}
