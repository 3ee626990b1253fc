'use client';
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCalendarTime, IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useJobs } from '@/api/queries/jobs';
import { useNavigate } from '@/components/navigate';
import { useSession } from '@/session/session';
import classes from './CommandPalette.module.css';
import { ALL_PAGES } from './navigation';
import { keepSelected, paletteStore } from './palette';

const FOUND_JOBS = 6;

/** Pages, jobs by name, and what can be done from anywhere. The frame opens it, so that mod+K works before this is loaded. */
export function CommandPalette() {
  const { go } = useNavigate();
  const { can } = useSession();
  const [query, setQuery] = useState('');
  const [searched] = useDebouncedValue(query.trim(), 200);
  return (
    <Spotlight.Root store={paletteStore} query={query} onQueryChange={setQuery} shortcut={null} closeOnActionTrigger scrollable maxHeight={420} title="Search and commands" classNames={{ header: classes.hidden ?? '' }} overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}>
      <Spotlight.Search placeholder="Go to a page or a job …" aria-label="Search pages and jobs" leftSection={<IconSearch size={16} aria-hidden />} />
      <Spotlight.ActionsList>
        {searched.length > 1 && <FoundJobs text={searched} onOpen={(id) => { go(`/jobs/${id}`); }} />}
        <Spotlight.ActionsGroup label="Go to">
          {ALL_PAGES.filter(({ label, needs }) => matches(label, query) && can(needs)).map(({ label, href, icon: Icon }) => (
            <Spotlight.Action key={href} label={label} leftSection={<Icon size={16} aria-hidden />} onClick={() => { go(href); }} />
          ))}
        </Spotlight.ActionsGroup>
        {can('TaskWrite') && matches('new job create', query) && (
          <Spotlight.ActionsGroup label="Do">
            <Spotlight.Action label="New job" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => { go('/jobs/new'); }} />
          </Spotlight.ActionsGroup>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function FoundJobs({ text, onOpen }: { text: string; onOpen: (id: string) => void }) {
  const { data } = useJobs({ q: text, per_page: FOUND_JOBS });
  const found = data?.jobs.map(({ id }) => id).join();
  useEffect(() => {
    if (found !== undefined) keepSelected();
  }, [found]);
  if (data === undefined || data.jobs.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label="Jobs">
      {data.jobs.map((job) => (
        <Spotlight.Action key={job.id} label={job.name} {...described(job.scheduleText)} leftSection={<IconCalendarTime size={16} aria-hidden />} onClick={() => { onOpen(job.id); }} />
      ))}
    </Spotlight.ActionsGroup>
  );
}

function described(text: string | undefined): Pick<SpotlightActionData, 'description'> {
  return text === undefined ? {} : { description: text };
}

function matches(label: string, query: string): boolean {
  return label.toLowerCase().includes(query.trim().toLowerCase());
}
