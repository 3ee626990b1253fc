'use client';
import { Skeleton, Tabs } from '@mantine/core';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useJob } from '@/api/queries/jobs';
import type { JobDetail } from '@/api/types';
import { isMissing } from '@/components/ids';
import { NoSuchThing } from '@/components/NoSuchThing';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { StatusBadge } from '@/components/StatusBadge';
import { useSession } from '@/session/session';
import { JobActions } from './JobActions';
import { JobOverview } from './JobOverview';
import { JobSubline } from './JobSubline';
import classes from './JobPage.module.css';

const loading = () => (
  <div className={classes.panel}>
    <Skeleton height={320} />
  </div>
);
const RunGrid = dynamic(() => import('./grid/RunGrid').then((module) => module.RunGrid), { loading });
const JobExecutions = dynamic(() => import('./JobExecutions').then((module) => module.JobExecutions), { loading });
const Definition = dynamic(() => import('./Definition').then((module) => module.Definition), { loading });
const Changes = dynamic(() => import('./Changes').then((module) => module.Changes), { loading });
const TriggerDialog = dynamic(() => import('./TriggerDialog').then((module) => module.TriggerDialog));

const TABS = ['overview', 'runs', 'executions', 'definition', 'changes'] as const;
const TITLES: Readonly<Record<(typeof TABS)[number], string>> = { overview: 'Overview', runs: 'Runs', executions: 'Executions', definition: 'Definition', changes: 'Changes' };

export function JobPage({ id }: { id: string }) {
  const answer = useJob(id);
  const [trigger, setTrigger] = useQueryState('trigger');
  const { can } = useSession();
  const job = answer.data?.data;
  if (isMissing(answer)) return <NoSuchThing kind="job" />;
  return (
    <>
      <PageHeader
        title={job?.name ?? 'Job'}
        badge={job && <StatusBadge status={job.isRunning ? 'running' : job.state} />}
        subtitle={job === undefined ? '\u00a0' : <JobSubline job={job} />}
        actions={job && <JobActions job={job} onTrigger={() => void setTrigger('1')} />}
      />
      <QueryView query={answer} what="The job" loading={loading()}>
        {({ data }) => (
          <>
            {data.description !== null && <p className={classes.about}>{data.description}</p>}
            <JobTabs job={data} />
            {trigger !== null && can('TaskWrite') && <TriggerDialog job={data} opened onClose={() => setTrigger(null)} />}
          </>
        )}
      </QueryView>
    </>
  );
}

function JobTabs({ job }: { job: JobDetail }) {
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('overview').withOptions({ history: 'push' }));
  return (
    <Tabs value={tab} keepMounted={false} onChange={(next) => void setTab(TABS.find((known) => known === next) ?? null)}>
      <Tabs.List aria-label="Parts of the job">
        {TABS.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {TITLES[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview"><JobOverview job={job} /></Tabs.Panel>
      <Tabs.Panel value="runs">
        <div className={classes.panel}>
          <RunGrid jobId={job.id} timezone={job.timezone} />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="executions"><JobExecutions job={job} /></Tabs.Panel>
      <Tabs.Panel value="definition"><Definition job={job} /></Tabs.Panel>
      <Tabs.Panel value="changes"><Changes job={job} /></Tabs.Panel>
    </Tabs>
  );
}
