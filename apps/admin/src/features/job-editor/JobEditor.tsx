'use client';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import Link from 'next/link';
import { useState } from 'react';
import type { SchedulePreviewInput } from '@/api/contract';
import { useSchedulePreview } from '@/api/queries/jobs';
import type { JobDetail, TaskFunction } from '@/api/types';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { runRefusal } from '@/components/words';
import { Guarded } from '@/session/Guarded';
import { ConflictDialog } from './ConflictDialog';
import { changesBetween, draftOf, inputOf, withTaskFunction, type JobDraft } from './draft';
import { EditorNav } from './EditorNav';
import { ErrorSummary } from './ErrorSummary';
import classes from './JobEditor.module.css';
import { problemsOf, type Problems } from './problems';
import { wireSchedule } from './schedule/schedule-draft';
import { BasicsSection } from './sections/BasicsSection';
import { DependenciesSection } from './sections/DependenciesSection';
import { ReliabilitySection } from './sections/ReliabilitySection';
import { ReviewSection } from './sections/ReviewSection';
import { ScheduleSection } from './sections/ScheduleSection';
import { ArgumentsSection, TaskSection } from './sections/TaskSection';
import { WindowSection } from './sections/WindowSection';
import { useLeaveGuard } from './use-leave-guard';
import { useSaveJob } from './use-save-job';

const PREVIEW_WAIT_MS = 250;

export interface JobEditorProps {
  /** What the form begins with; later values are not looked at. */
  first: JobDraft;
  /** The job that is edited with the tag of its version; null makes a new one. */
  edited: { readonly job: JobDetail; readonly etag: string | null } | null;
  /** Loads the job again and begins anew. */
  onReload?: () => void;
  /** Where it leads. @default the list of jobs, and the new job's page */
  leave?: { readonly cancelled: string; readonly saved: string };
}

/** The form of a new and of a changed job. */
export function JobEditor({ first, edited, onReload, leave }: JobEditorProps) {
  const [draft, setDraft] = useState(first);
  const [taskFunction, setTaskFunction] = useState<TaskFunction | null>(edited?.job.taskFunction ?? null);
  const [problems, setProblems] = useState<Problems>({});
  const [attempt, setAttempt] = useState(0);
  const [isSaved, setIsSaved] = useState(false);
  const [before] = useState(() => (edited === null ? null : { id: edited.job.id, etag: edited.etag, input: inputOf(draftOf(edited.job)) }));
  const input = inputOf(draft);
  const isDirty = changesBetween(before?.input ?? inputOf(first), input).length > 0 || Object.keys(draft.taskArgsWrong).length > 0;
  const guard = useLeaveGuard(isDirty && !isSaved);
  const preview = usePreviewOf(draft, before?.id ?? null);
  const refuse = (found: Problems) => {
    setIsSaved(false);
    setProblems(found);
    setAttempt((count) => count + 1);
  };
  const saving = useSaveJob(before, { onSaved: () => { setIsSaved(true); }, onProblems: refuse, savedHref: leave?.saved ?? null });

  const change = (part: Partial<JobDraft>, runs = taskFunction) => {
    setDraft((current) => ({ ...current, ...part }));
    // What was found wrong is looked at again, as soon as something is corrected.
    if (Object.keys(problems).length > 0) setProblems(stillWrong(problems, { ...draft, ...part }, runs));
  };
  const choose = (next: TaskFunction) => {
    setTaskFunction(next);
    change(withTaskFunction(draft, next, taskFunction), next);
  };
  const submit = (andRun: boolean) => {
    const found = problemsOf(draft, taskFunction);
    if (Object.keys(found).length > 0) refuse(found);
    else {
      setProblems({});
      void saving.save({ input, andRun });
    }
  };
  const section = { draft, problems, change: (part: Partial<JobDraft>) => { change(part); } };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <div className={classes.layout}>
        <EditorNav problems={problems} />
        <div className={classes.sections}>
          <ErrorSummary problems={problems} attempt={attempt} />
          <BasicsSection {...section} />
          <TaskSection {...section} taskFunction={taskFunction} onChoose={choose} />
          <ScheduleSection {...section} preview={{ ...preview, p95Seconds: edited?.job.statistics.p95DurationSeconds ?? null }} />
          <ArgumentsSection {...section} taskFunction={taskFunction} />
          <ReliabilitySection {...section} />
          <DependenciesSection {...section} jobId={before?.id ?? null} />
          <WindowSection {...section} />
          <ReviewSection
            before={before?.input ?? null}
            after={input}
            preview={preview.input === null ? null : (preview.preview.data ?? null)}
            timezone={{ before: edited?.job.timezone ?? null, after: draft.schedule.timezone }}
          />
        </div>
      </div>
      <div className={classes.footer}>
        <span className={classes.state}>{edited === null ? 'Not saved yet.' : isDirty ? 'Changed, not saved yet.' : 'Nothing changed.'}</span>
        <Button variant="default" component={Link} href={leave?.cancelled ?? '/jobs'}>
          Cancel
        </Button>
        <Guarded needs="TaskWrite" reason={runRefusal(draft)}>
          <Button variant="default" disabled={saving.isPending} onClick={() => { submit(true); }}>
            Save & run
          </Button>
        </Guarded>
        <Guarded needs="TaskWrite">
          <Button type="submit" loading={saving.isPending}>
            Save
          </Button>
        </Guarded>
      </div>
      <ConfirmDialog opened={guard.isAsking} onClose={guard.stay} onConfirm={guard.leave} title="Leave without saving?" action="Leave" danger>
        What you typed is lost.
      </ConfirmDialog>
      <ConflictDialog
        opened={saving.conflict !== null}
        isPending={saving.isPending}
        onClose={saving.forgetConflict}
        onReload={() => {
          saving.forgetConflict();
          onReload?.();
        }}
        onOverwrite={() => {
          if (saving.conflict !== null) void saving.save(saving.conflict, true);
        }}
      />
    </form>
  );
}

/** The preview of what is in the form, a moment after the last keystroke. */
function usePreviewOf(draft: JobDraft, jobId: string | null) {
  const wire = wireSchedule(draft.schedule);
  const { startAt, endAt } = inputOf(draft);
  const input: SchedulePreviewInput | null = wire === null ? null : { ...wire, startAt: startAt ?? null, endAt: endAt ?? null, count: 10, withOtherJobs: true, jobId };
  const [text] = useDebouncedValue(JSON.stringify(input), PREVIEW_WAIT_MS);
  const asked = JSON.parse(text) as SchedulePreviewInput | null;
  return { input: asked, preview: useSchedulePreview(asked) };
}

/** Of what was found wrong: what the form still finds itself. What the API said goes with the first change: it is asked again. */
function stillWrong(problems: Problems, draft: JobDraft, taskFunction: TaskFunction | null): Problems {
  const found = problemsOf(draft, taskFunction);
  return Object.fromEntries(Object.keys(problems).flatMap((path) => (found[path] === undefined ? [] : [[path, found[path]] as const])));
}
