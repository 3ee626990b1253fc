'use client';
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconCalendarTime, IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from '@/components/navigate';
import { useSession } from '@/session/session';
import classes from './CommandPalette.module.css';
import { ALL_PAGES } from './navigation';
import { keepSelected, paletteStore, selectedAction } from './palette';
import { useJobSearch, type JobSearch } from './use-job-search';

/** Pages, jobs by name, and what can be done from anywhere. The frame opens it, so that mod+K works before this is loaded. */
export function CommandPalette() {
  const [query, setQuery] = useState('');
  return (
    <Spotlight.Root store={paletteStore} query={query} onQueryChange={setQuery} shortcut={null} closeOnActionTrigger scrollable maxHeight={420} title="Search and commands" classNames={{ header: classes.hidden ?? '' }} overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}>
      <Content typed={query.trim()} />
    </Spotlight.Root>
  );
}

/** Apart from the palette, which stays on the page: it searches only while it is open. */
function Content({ typed }: { typed: string }) {
  const { go } = useNavigate();
  const { can } = useSession();
  const search = useJobSearch(typed);
  const onKeyDown = useEnter(typed, search);
  return (
    <>
      <Spotlight.Search placeholder="Go to a page or a job …" aria-label="Search pages and jobs" leftSection={<IconSearch size={16} aria-hidden />} onKeyDown={onKeyDown} />
      <Spotlight.ActionsList>
        {search.state !== 'idle' && <FoundJobs {...search} onOpen={(id) => { go(`/jobs/${id}`); }} />}
        <Spotlight.ActionsGroup label="Go to">
          {ALL_PAGES.filter(({ label, needs }) => matches(label, typed) && can(needs)).map(({ label, href, icon: Icon }) => (
            <Spotlight.Action key={href} label={label} leftSection={<Icon size={16} aria-hidden />} onClick={() => { go(href); }} />
          ))}
        </Spotlight.ActionsGroup>
        {can('TaskWrite') && matches('new job create', typed) && (
          <Spotlight.ActionsGroup label="Do">
            <Spotlight.Action label="New job" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => { go('/jobs/new'); }} />
          </Spotlight.ActionsGroup>
        )}
      </Spotlight.ActionsList>
    </>
  );
}

/**
 * Enter does what is selected, which is the palette's own; where nothing is and jobs are searched for, it is kept until they have
 * been found. Any other key takes it back.
 */
function useEnter(typed: string, { jobs, state }: JobSearch) {
  const kept = useRef<string | null>(null);
  const found = state === 'found' ? jobs.map(({ id }) => id).join() : null;
  useEffect(() => {
    if (found === null) return;
    keepSelected();
    const isWanted = kept.current === typed;
    kept.current = null;
    if (isWanted && found !== '') selectedAction()?.click();
  }, [found, typed]);
  return ({ key, nativeEvent }: KeyboardEvent) => {
    kept.current = key === 'Enter' && !nativeEvent.isComposing && state === 'searching' && selectedAction() === null ? typed : null;
  };
}

/** In place of jobs. */
const NOTES: Readonly<Record<JobSearch['state'], string>> = { idle: '', searching: 'Searching …', found: 'No job matches', failed: 'The jobs could not be searched' };

/** What was found for other words than those now typed stays in sight, but cannot be opened. */
function FoundJobs({ jobs, state, onOpen }: JobSearch & { onOpen: (id: string) => void }) {
  const isOld = state === 'searching';
  return (
    <Spotlight.ActionsGroup label="Jobs">
      {jobs.length === 0 && (
        <div className={classes.note} role="status">
          {NOTES[state]}
        </div>
      )}
      {jobs.map((job) => (
        <Spotlight.Action
          key={job.id}
          label={job.name}
          {...described(job.scheduleText)}
          leftSection={<IconCalendarTime size={16} aria-hidden />}
          // Null: what is undefined here, the palette's own value stands for, and its keys would find the row.
          {...(isOld ? { 'data-action': null, disabled: true, className: classes.old ?? '' } : {})}
          onClick={() => { onOpen(job.id); }}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}

function described(text: string | undefined): Pick<SpotlightActionData, 'description'> {
  return text === undefined ? {} : { description: text };
}

function matches(label: string, typed: string): boolean {
  return label.toLowerCase().includes(typed.toLowerCase());
}
