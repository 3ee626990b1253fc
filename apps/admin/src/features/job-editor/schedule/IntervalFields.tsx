'use client';
import { Button, NumberInput } from '@mantine/core';
import { fieldId } from '../problems';
import { INTERVAL_UNITS, wrongUnits, type IntervalUnit, type ScheduleDraft } from './schedule-draft';
import classes from './ScheduleFields.module.css';

const PRESETS: readonly (readonly [label: string, unit: IntervalUnit, value: number])[] = [
  ['30 s', 'seconds', 30],
  ['1 min', 'minutes', 1],
  ['5 min', 'minutes', 5],
  ['15 min', 'minutes', 15],
  ['1 h', 'hours', 1],
  ['6 h', 'hours', 6],
  ['1 day', 'days', 1],
];

export interface IntervalFieldsProps {
  interval: ScheduleDraft['interval'];
  onChange: (interval: ScheduleDraft['interval']) => void;
  /** By unit. */
  problems: Readonly<Record<string, string>>;
}

/** A period from the moment of saving on: the units add up. */
export function IntervalFields({ interval, onChange, problems }: IntervalFieldsProps) {
  const error = Object.values(problems).join(' ');
  const wrong = wrongUnits(interval, problems);
  return (
    <>
      <fieldset className={classes.set} aria-describedby={error === '' ? undefined : 'interval-error'}>
        <legend className={classes.legend}>Every</legend>
        <div className={classes.units}>
          {INTERVAL_UNITS.map((unit) => (
            <NumberInput
              key={unit}
              id={fieldId(`scheduleConfig.${unit}`)}
              label={unit.charAt(0).toUpperCase() + unit.slice(1)}
              size="sm"
              min={0}
              allowDecimal={false}
              clampBehavior="none"
              placeholder="0"
              value={interval[unit] ?? ''}
              error={wrong.includes(unit)}
              onChange={(value) => {
                onChange({ ...interval, [unit]: typeof value === 'number' ? value : null });
              }}
            />
          ))}
        </div>
        {error !== '' && <p id="interval-error" className={classes.error}>{error}</p>}
      </fieldset>
      <div className={classes.presets} role="group" aria-label="Common periods">
        {PRESETS.map(([label, unit, value]) => (
          <Button
            key={label}
            size="compact-sm"
            variant="default"
            onClick={() => {
              onChange({ weeks: null, days: null, hours: null, minutes: null, seconds: null, [unit]: value });
            }}
          >
            {label}
          </Button>
        ))}
      </div>
    </>
  );
}
