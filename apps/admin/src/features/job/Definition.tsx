'use client';
import { Code, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import type { JobDetail } from '@/api/types';
import { CopyButton } from '@/components/CopyButton';
import { JsonView } from '@/components/JsonView';
import { Properties } from '@/components/Properties';
import { SectionCard } from '@/components/SectionCard';
import { Instant } from '@/components/Instant';
import { curlOf, definitionOf } from './definition';
import classes from './JobPage.module.css';

type Call = 'create' | 'read' | 'run';

/** The job as JSON, and as calls of the API. */
export function Definition({ job }: { job: JobDetail }) {
  const [shown, setShown] = useState<Call>('create');
  const definition = definitionOf(job);
  const calls: Record<Call, string> = {
    create: curlOf('POST', 'jobs', definition),
    read: curlOf('GET', `jobs/${job.id}`),
    run: curlOf('POST', `jobs/${job.id}/trigger`, { taskArgs: job.taskArgs ?? {} }),
  };
  return (
    <div className={classes.panel}>
      <SectionCard title="Identity">
        <Properties
          rows={[
            ['Id', <span key="id"><span className="mono">{job.id}</span> <CopyButton value={job.id} what="the job's id" /></span>],
            ['Number', String(job.number)],
            ['Schedule version', String(job.scheduleVersion)],
            ['Queue', job.queue],
            ['Created', <Instant key="created" at={job.createdAt} timeZone={job.timezone} show="absolute" />],
            ['Changed', <Instant key="changed" at={job.updatedAt} timeZone={job.timezone} show="absolute" />],
          ]}
        />
      </SectionCard>
      <SectionCard title="Definition">
        <JsonView value={definition} what="the job as JSON" />
      </SectionCard>
      <SectionCard
        title="Call of the API"
        description="With the API's address in TAKT_URL and an access token or API key in TAKT_TOKEN."
        actions={<CopyButton value={calls[shown]} what="the command" />}
      >
        <Stack gap="sm">
          <SegmentedControl
            size="xs"
            w="fit-content"
            aria-label="Which call"
            data={[{ value: 'create', label: 'Create the same' }, { value: 'read', label: 'Read' }, { value: 'run', label: 'Run' }]}
            value={shown}
            onChange={(next) => {
              setShown(next);
            }}
          />
          <Code block tabIndex={0} role="region" aria-label="Command" style={{ background: 'var(--surface-sunken)', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {calls[shown]}
          </Code>
        </Stack>
      </SectionCard>
    </div>
  );
}
