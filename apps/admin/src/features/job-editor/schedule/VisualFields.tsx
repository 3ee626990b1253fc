'use client';
import { SegmentedControl, TextInput } from '@mantine/core';
import { fieldId } from '../problems';
import classes from './ScheduleFields.module.css';
import { cronOfVisual, type VisualSchedule } from './visual-cron';

const WEEKDAYS: readonly (readonly [day: number, label: string, name: string])[] = [
  [1, 'Mon', 'Monday'],
  [2, 'Tue', 'Tuesday'],
  [3, 'Wed', 'Wednesday'],
  [4, 'Thu', 'Thursday'],
  [5, 'Fri', 'Friday'],
  [6, 'Sat', 'Saturday'],
  [0, 'Sun', 'Sunday'],
];

export interface VisualFieldsProps {
  visual: VisualSchedule;
  onChange: (visual: VisualSchedule) => void;
  problems: Readonly<Record<string, string>>;
}

/** Days and a time of day. What they are as cron is said below. */
export function VisualFields({ visual, onChange, problems }: VisualFieldsProps) {
  const error = Object.values(problems).join(' ');
  const cron = cronOfVisual(visual);
  return (
    <>
      <SegmentedControl
        aria-label="Repeats"
        size="xs"
        w="fit-content"
        data={[{ value: 'day', label: 'Every day' }, { value: 'week', label: 'On weekdays' }, { value: 'month', label: 'On days of the month' }]}
        value={visual.every}
        onChange={(every) => {
          onChange({ ...visual, every: every });
        }}
      />
      {visual.every === 'week' && (
        <fieldset className={classes.set}>
          <legend className={classes.legend}>Weekdays</legend>
          <div className={classes.weekdays}>
            {WEEKDAYS.map(([day, label, name]) => (
              <Day key={day} label={label} name={name} isChosen={visual.weekdays.includes(day)} onChange={(isChosen) => { onChange({ ...visual, weekdays: toggled(visual.weekdays, day, isChosen) }); }} />
            ))}
          </div>
        </fieldset>
      )}
      {visual.every === 'month' && (
        <fieldset className={classes.set}>
          <legend className={classes.legend}>Days of the month</legend>
          <div className={classes.days}>
            {Array.from({ length: 31 }, (_, at) => at + 1).map((day) => (
              <Day key={day} label={String(day)} name={`Day ${String(day)}`} isChosen={visual.days.includes(day)} onChange={(isChosen) => { onChange({ ...visual, days: toggled(visual.days, day, isChosen) }); }} />
            ))}
          </div>
          <div className={classes.weekdays} style={{ marginTop: 4 }}>
            <Day label="Last day" name="Last day of the month" isChosen={visual.hasLastDay} onChange={(hasLastDay) => { onChange({ ...visual, hasLastDay }); }} />
          </div>
          {visual.days.some((day) => day > 28) && <p className={classes.note}>Months without such a day are left out.</p>}
        </fieldset>
      )}
      {error !== '' && (
        <p id={fieldId('scheduleConfig.days')} className={classes.error} aria-live="polite">
          {error}
        </p>
      )}
      <TextInput
        id={fieldId('scheduleConfig.time')}
        type="time"
        label="At"
        w={140}
        required
        value={`${pair(visual.hour)}:${pair(visual.minute)}`}
        onChange={(event) => {
          const [hour, minute] = event.currentTarget.value.split(':').map(Number);
          if (hour !== undefined && minute !== undefined && Number.isInteger(hour) && Number.isInteger(minute)) onChange({ ...visual, hour, minute });
        }}
      />
      <p className={classes.note}>
        {cron === null ? 'Choose at least one day.' : <>As cron: <code className="mono">{cron}</code></>}
      </p>
    </>
  );
}

function Day({ label, name, isChosen, onChange }: { label: string; name: string; isChosen: boolean; onChange: (isChosen: boolean) => void }) {
  return (
    <label className={classes.day}>
      <input
        type="checkbox"
        aria-label={name}
        checked={isChosen}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
      <span aria-hidden>{label}</span>
    </label>
  );
}

function toggled(values: readonly number[], value: number, isChosen: boolean): number[] {
  return (isChosen ? [...values, value] : values.filter((other) => other !== value)).sort((a, b) => a - b);
}

function pair(value: number): string {
  return String(value).padStart(2, '0');
}
