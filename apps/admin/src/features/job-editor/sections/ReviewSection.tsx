'use client';
import { useSchedulePreview } from '@/api/queries/jobs';
import type { SchedulePreview, SchedulePreviewInput } from '@/api/contract';
import type { JobInput } from '@/api/types';
import { JsonView } from '@/components/JsonView';
import { FireTimes } from '@/components/fires/FireTimes';
import { changesBetween } from '../draft';
import { FormSection } from './FormSection';
import classes from './ReviewSection.module.css';

const FIRES_SHOWN = 5;

export interface ReviewSectionProps {
  /** What the job was; null of a new one. */
  before: JobInput | null;
  /** What will be saved. */
  after: JobInput;
  /** Of what will be saved; null while it is not complete. */
  preview: SchedulePreview | null;
  timezone: { readonly before: string | null; readonly after: string };
}

/** What saving does: the members that change, and the fire times before and after. */
export function ReviewSection({ before, after, preview, timezone }: ReviewSectionProps) {
  const changes = before === null ? [] : changesBetween(before, after);
  const isRescheduled = changes.some(({ member }) => ['jobTypeId', 'scheduleConfig', 'startAt', 'endAt'].includes(member));
  return (
    <FormSection id="review" description={before === null ? 'What will be saved.' : changes.length === 0 ? 'Nothing has been changed.' : 'What saving changes.'}>
      {before === null ? (
        <JsonView value={{ ...after, taskFunctionId: after.taskFunctionId || null, jobTypeId: after.jobTypeId || null }} what="Definition of the new job" />
      ) : (
        changes.length > 0 && (
          <div className={classes.scroll} role="region" aria-label="Changes" tabIndex={0}>
            <table className={classes.changes}>
              <thead>
                <tr>
                  <th scope="col">Member</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {changes.map(({ member, before: old, after: next }) => (
                  <tr key={member}>
                    <th scope="row">{member}</th>
                    <td>
                      <del>{written(old)}</del>
                    </td>
                    <td>
                      <ins>{written(next)}</ins>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      )}
      {preview?.valid === true && (
        <div className={classes.fires}>
          {before !== null && isRescheduled && <FiresBefore before={before} timezone={timezone.before ?? 'UTC'} />}
          <Fires title={before === null || isRescheduled ? 'Next runs after saving' : 'Next runs, unchanged by the definition'} preview={preview} timezone={timezone.after} />
        </div>
      )}
    </FormSection>
  );
}

function FiresBefore({ before, timezone }: { before: JobInput; timezone: string }) {
  const input: SchedulePreviewInput = { jobTypeId: before.jobTypeId, scheduleConfig: before.scheduleConfig, startAt: before.startAt ?? null, endAt: before.endAt ?? null, count: FIRES_SHOWN };
  const preview = useSchedulePreview(input);
  if (preview.data?.valid !== true) return null;
  return <Fires title="Next runs as it is now" preview={preview.data} timezone={timezone} />;
}

function Fires({ title, preview, timezone }: { title: string; preview: SchedulePreview; timezone: string }) {
  return (
    <div className={classes.card}>
      <h3 className={classes.title}>{title}</h3>
      <FireTimes compact isPreview fires={preview.nextRuns.slice(0, FIRES_SHOWN)} timezone={preview.timezone ?? timezone} label={title} />
    </div>
  );
}

function written(value: unknown): string {
  return value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}
