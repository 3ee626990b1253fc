'use client';
import { Alert, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { problemsBelow, problemsOfViolations, fieldId } from '../problems';
import { CronFields } from '../schedule/CronFields';
import { IntervalFields } from '../schedule/IntervalFields';
import { SchedulePreviewPanel, type SchedulePreviewPanelProps } from '../schedule/SchedulePreviewPanel';
import { switchMode, type ScheduleDraft, type ScheduleMode } from '../schedule/schedule-draft';
import { VisualFields } from '../schedule/VisualFields';
import { ZoneField } from '../schedule/ZoneField';
import { FormSection } from './FormSection';
import classes from './ScheduleSection.module.css';
import type { SectionProps } from './section-props';

const MODES: { value: ScheduleMode; label: string }[] = [
  { value: 'interval', label: 'Interval' },
  { value: 'visual', label: 'Day and time' },
  { value: 'cron', label: 'Cron' },
  { value: 'once', label: 'Once' },
];

export interface ScheduleSectionProps extends SectionProps {
  preview: Pick<SchedulePreviewPanelProps, 'input' | 'preview' | 'p95Seconds'>;
}

/** When it fires, in one of four ways, with what the planner makes of it beside it. */
export function ScheduleSection({ draft: { schedule }, problems, change, preview }: ScheduleSectionProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const found = preview.input !== null && preview.preview.data?.valid === false && !preview.preview.isPlaceholderData ? problemsOfViolations(preview.preview.data.errors) : {};
  const wrong = problemsBelow({ ...found, ...problems }, 'scheduleConfig');
  const { timezone: zoneProblem, ...fieldProblems } = wrong;
  const set = (part: Partial<ScheduleDraft>) => {
    setRefusal(null);
    change({ schedule: { ...schedule, ...part } });
  };
  return (
    <FormSection id="schedule">
      <div className={classes.columns}>
        <div className={classes.builder}>
          <SegmentedControl
            aria-label="Kind of schedule"
            data={MODES}
            value={schedule.mode}
            fullWidth
            size="xs"
            onChange={(mode) => {
              const switched = switchMode(schedule, mode);
              if (switched.ok) set(switched.draft);
              else setRefusal(switched.why);
            }}
          />
          {refusal !== null && (
            <Alert color="yellow" variant="light" role="status" title="This cron expression has no form as day and time" classNames={{ title: classes.alert, message: classes.alert }} withCloseButton closeButtonLabel="Close" onClose={() => { setRefusal(null); }}>
              {refusal} Change it here, or keep it as cron.
            </Alert>
          )}
          {schedule.mode === 'interval' && <IntervalFields interval={schedule.interval} problems={fieldProblems} onChange={(interval) => { set({ interval }); }} />}
          {schedule.mode === 'visual' && <VisualFields visual={schedule.visual} problems={fieldProblems} onChange={(visual) => { set({ visual }); }} />}
          {schedule.mode === 'cron' && <CronFields expression={schedule.expression} error={Object.values(fieldProblems).join(' ') || undefined} onChange={(expression) => { set({ expression }); }} />}
          {schedule.mode === 'once' && (
            <TextInput
              id={fieldId('scheduleConfig.at')}
              type="datetime-local"
              step={1}
              label="At"
              description={`On the clocks of ${schedule.timezone}.`}
              required
              w={260}
              value={schedule.onceAt}
              error={Object.values(fieldProblems).join(' ') || undefined}
              onChange={(event) => {
                set({ onceAt: event.currentTarget.value });
              }}
            />
          )}
          <ZoneField value={schedule.timezone} error={zoneProblem} onChange={(timezone) => { set({ timezone }); }} />
        </div>
        <SchedulePreviewPanel {...preview} timezone={schedule.timezone} />
      </div>
    </FormSection>
  );
}
