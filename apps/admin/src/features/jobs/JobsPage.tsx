'use client';
import { Button, Group, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import Link from 'next/link';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import type { JobSort } from '@/api/contract';
import { useToggleJob } from '@/api/queries/job-changes';
import { useJobs } from '@/api/queries/jobs';
import type { Job } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { ErrorState, StaleNotice } from '@/components/ErrorState';
import { tellError } from '@/components/feedback';
import { Countdown, Instant } from '@/components/Instant';
import { PageHeader } from '@/components/PageHeader';
import { Pager } from '@/components/Pager';
import { RunBars } from '@/components/RunBars';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import { Guarded } from '@/session/Guarded';

const STATE = { q: parseAsString.withDefault(''), sort: parseAsString, page: parseAsInteger.withDefault(1), per_page: parseAsInteger.withDefault(20) };

const COLUMNS: Column<Job>[] = [
  { key: 'enabled', header: 'Enabled', width: '76px', cell: (job) => <Toggle job={job} /> },
  { key: 'name', header: 'Name', sort: 'name', isTitle: true, cell: (job) => <TextLink strong href={`/jobs/${job.id}`}>{job.name}</TextLink> },
  { key: 'schedule', header: 'Schedule', cell: (job) => job.scheduleText },
  { key: 'runs', header: 'Last runs', width: '132px', cell: (job) => (job.recentRuns === undefined ? null : <RunBars runs={job.recentRuns} timeZone={job.timezone} />) },
  { key: 'status', header: 'Last status', cell: (job) => (job.lastStatus === null ? '–' : <StatusBadge plain status={job.lastStatus} />) },
  { key: 'last', header: 'Last run', sort: 'last_run', cell: (job) => <Instant at={job.lastRunTime} timeZone={job.timezone} /> },
  { key: 'next', header: 'Next run', sort: 'next_run', cell: (job) => <Countdown at={job.nextRunTime} timeZone={job.timezone} /> },
];

export function JobsPage() {
  const [state, setState] = useQueryStates(STATE);
  const jobs = useJobs({ q: state.q, sort: state.sort as JobSort | null, page: state.page, per_page: state.per_page, include: 'recent' });
  return (
    <>
      <PageHeader title="Jobs" actions={<NewJob />} />
      <StaleNotice error={jobs.data === undefined ? null : jobs.error} updatedAt={jobs.dataUpdatedAt} />
      <Group mb="sm">
        <TextInput
          data-search
          aria-label="Search jobs"
          placeholder="Search name or description"
          leftSection={<IconSearch size={14} aria-hidden />}
          w={280}
          value={state.q}
          onChange={(event) => void setState({ q: event.currentTarget.value, page: 1 })}
        />
      </Group>
      <SectionCard flush>
        {jobs.data === undefined && jobs.isError ? (
          <ErrorState error={jobs.error} what="The jobs" onRetry={() => void jobs.refetch()} />
        ) : (
          <DataTable
            label="Jobs"
            columns={COLUMNS}
            rows={jobs.data?.jobs}
            rowId={(job) => job.id}
            sort={state.sort}
            onSort={(sort) => void setState({ sort, page: 1 })}
            empty={
              state.q === '' ? (
                <NothingYet title="No jobs yet" action={<NewJob />}>
                  A job says what to run and when.
                </NothingYet>
              ) : (
                <NothingMatches what="jobs" onClear={() => void setState({ q: '', page: 1 })} />
              )
            }
          />
        )}
        {jobs.data !== undefined && jobs.data.total > 0 && (
          <Pager
            what="jobs"
            page={state.page}
            perPage={state.per_page}
            total={jobs.data.total}
            onPage={(page) => void setState({ page })}
            onPerPage={(perPage) => void setState({ per_page: perPage, page: 1 })}
          />
        )}
      </SectionCard>
    </>
  );
}

function NewJob() {
  return (
    <Guarded needs="TaskWrite">
      <Button component={Link} href="/jobs/new" leftSection={<IconPlus size={14} aria-hidden />}>
        New job
      </Button>
    </Guarded>
  );
}

function Toggle({ job }: { job: Job }) {
  const toggle = useToggleJob();
  return (
    <Guarded needs="TaskWrite">
      <Switch
        size="xs"
        aria-label={`${job.name} is enabled`}
        checked={job.isEnabled}
        onChange={(event) => {
          toggle.mutate({ id: job.id, isEnabled: event.currentTarget.checked }, { onError: (error) => { tellError('The job was not changed', error); } });
        }}
      />
    </Guarded>
  );
}
