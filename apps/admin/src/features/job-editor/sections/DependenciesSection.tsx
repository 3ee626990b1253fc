'use client';
import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useJobs } from '@/api/queries/jobs';
import { fieldId, problemsBelow } from '../problems';
import { FormSection } from './FormSection';
import type { SectionProps } from './section-props';

const FOUND_AT_A_TIME = 20;

/** Jobs that must have succeeded, found by name at the API. @param jobId the job itself, which cannot depend on itself */
export function DependenciesSection({ draft, problems, change, jobId }: SectionProps & { jobId: string | null }) {
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 250);
  const found = useJobs({ q, sort: 'name', per_page: FOUND_AT_A_TIME });
  const names = new Map(draft.dependsOn.map(({ id, name }) => [id, name]));
  for (const { id, name } of found.data?.jobs ?? []) if (id !== jobId) names.set(id, name);
  return (
    <FormSection id="dependencies">
      <MultiSelect
        id={fieldId('dependsOn')}
        label="Runs after"
        description="An occurrence starts only when the latest run of each of these jobs was a success."
        placeholder={draft.dependsOn.length === 0 ? 'Search jobs' : ''}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Depend on no job' }}
        hidePickedOptions
        maxValues={100}
        nothingFoundMessage={found.isFetching ? 'Searching …' : 'No such job'}
        data={[...names].map(([value, label]) => ({ value, label }))}
        filter={({ options }) => options}
        searchValue={text}
        onSearchChange={setText}
        value={draft.dependsOn.map(({ id }) => id)}
        error={Object.values(problemsBelow(problems, 'dependsOn')).join(' ') || undefined}
        onChange={(ids) => {
          change({ dependsOn: ids.map((id) => ({ id, name: names.get(id) ?? id })) });
        }}
      />
    </FormSection>
  );
}
